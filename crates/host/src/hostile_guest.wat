;; A guest whose functions each try to take more of the host than it was given. They are called by `hostile_guests.rs`.
(component
  (import "wasi:http/types@0.2.12" (instance $http
    (export "fields" (type $fields (sub resource)))
    (export "outgoing-request" (type $request (sub resource)))
    (export "outgoing-body" (type $body (sub resource)))
    (type $header-error-type (variant (case "invalid-syntax") (case "forbidden") (case "immutable")))
    (export "header-error" (type $header-error (eq $header-error-type)))
    (type $method-type (variant
      (case "get") (case "head") (case "post") (case "put") (case "delete") (case "connect") (case "options")
      (case "trace") (case "patch") (case "other" string)))
    (export "method" (type $method (eq $method-type)))
    (export "[constructor]fields" (func (result (own $fields))))
    (export "[method]fields.append" (func
      (param "self" (borrow $fields)) (param "name" string) (param "value" (list u8))
      (result (result (error $header-error)))))
    (export "[constructor]outgoing-request" (func (param "headers" (own $fields)) (result (own $request))))
    (export "[method]outgoing-request.set-method" (func
      (param "self" (borrow $request)) (param "method" $method) (result (result))))
    (export "[method]outgoing-request.body" (func
      (param "self" (borrow $request)) (result (result (own $body)))))))

  (core module $libc (memory (export "memory") 4))
  (core instance $libc (instantiate $libc))
  (alias core export $libc "memory" (core memory $memory))

  (type $own (resource (rep i32)))
  (core func $handle (canon resource.new $own))
  (alias export $http "[constructor]fields" (func $fields))
  (core func $fields (canon lower (func $fields)))
  (alias export $http "[method]fields.append" (func $append))
  (core func $append (canon lower (func $append) (memory $memory)))
  (alias export $http "[constructor]outgoing-request" (func $request))
  (core func $request (canon lower (func $request)))
  (alias export $http "[method]outgoing-request.set-method" (func $set-method))
  (core func $set-method (canon lower (func $set-method) (memory $memory)))
  (alias export $http "[method]outgoing-request.body" (func $body))
  (core func $body (canon lower (func $body) (memory $memory)))

  (core module $guest
    (import "host" "handle" (func $handle (param i32) (result i32)))
    (import "host" "fields" (func $fields (result i32)))
    (import "host" "append" (func $append (param i32 i32 i32 i32 i32 i32)))
    (import "host" "request" (func $request (param i32) (result i32)))
    (import "host" "set-method" (func $set-method (param i32 i32 i32 i32) (result i32)))
    (import "host" "body" (func $body (param i32 i32)))
    (import "libc" "memory" (memory 4))
    (table $table 1 funcref)

    ;; Text of 100,000 letters from 1024 on.
    (func $fill (memory.fill (i32.const 1024) (i32.const 97) (i32.const 100000)))

    (func (export "idle") (result i32) (i32.const 7))

    ;; 20,000 headers of 30,000 bytes each.
    (func (export "hoard-headers") (result i32)
      (local $count i32)
      (call $fill)
      (loop $more
        (call $append (call $fields)
          (i32.const 1024) (i32.const 1) (i32.const 1024) (i32.const 30000) (i32.const 0))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $more (i32.lt_u (local.get $count) (i32.const 20000))))
      (local.get $count))

    ;; One header that has value after value. Returns the number of those that were taken.
    (func (export "grow-header") (result i32)
      (local $header i32) (local $count i32) (local $taken i32)
      (call $fill)
      (local.set $header (call $fields))
      (loop $more
        (call $append (local.get $header)
          (i32.const 1024) (i32.const 1) (i32.const 1024) (i32.const 1000) (i32.const 0))
        (local.set $taken (i32.add (local.get $taken) (i32.eqz (i32.load8_u (i32.const 0)))))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $more (i32.lt_u (local.get $count) (i32.const 20000))))
      (local.get $taken))

    ;; Requests whose methods have names of 100,000 letters. Returns the number of names that were taken.
    (func (export "long-methods") (result i32)
      (local $count i32) (local $taken i32)
      (call $fill)
      (loop $more
        (local.set $taken (i32.add (local.get $taken) (i32.eqz
          (call $set-method (call $request (call $fields))
            (i32.const 9) (i32.const 1024) (i32.const 100000)))))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $more (i32.lt_u (local.get $count) (i32.const 100))))
      (local.get $taken))

    ;; 100 request bodies, none of which is sent.
    (func (export "hoard-bodies") (result i32)
      (local $count i32)
      (loop $more
        (call $body (call $request (call $fields)) (i32.const 0))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $more (i32.lt_u (local.get $count) (i32.const 100))))
      (local.get $count))

    ;; A hundred million handles of its own resource.
    (func (export "hoard-handles") (result i32)
      (local $count i32)
      (loop $more
        (drop (call $handle (local.get $count)))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $more (i32.lt_u (local.get $count) (i32.const 100000000))))
      (local.get $count))

    ;; All the memory that it gets. Returns the size in pages.
    (func (export "grow-memory") (result i32)
      (loop $more (br_if $more (i32.ge_s (memory.grow (i32.const 16)) (i32.const 0))))
      (memory.size))

    ;; All the table that it gets. Returns the number of entries.
    (func (export "grow-table") (result i32)
      (loop $more (br_if $more (i32.ge_s (table.grow $table (ref.null func) (i32.const 1000)) (i32.const 0))))
      (table.size $table))

    (func (export "compute") (result i32) (loop $more (br $more)) (i32.const 0)))

  (core instance $guest (instantiate $guest
    (with "libc" (instance $libc))
    (with "host" (instance
      (export "handle" (func $handle))
      (export "fields" (func $fields))
      (export "append" (func $append))
      (export "request" (func $request))
      (export "set-method" (func $set-method))
      (export "body" (func $body))))))

  (func (export "idle") (result u32) (canon lift (core func $guest "idle")))
  (func (export "hoard-headers") (result u32) (canon lift (core func $guest "hoard-headers")))
  (func (export "grow-header") (result u32) (canon lift (core func $guest "grow-header")))
  (func (export "long-methods") (result u32) (canon lift (core func $guest "long-methods")))
  (func (export "hoard-bodies") (result u32) (canon lift (core func $guest "hoard-bodies")))
  (func (export "hoard-handles") (result u32) (canon lift (core func $guest "hoard-handles")))
  (func (export "grow-memory") (result u32) (canon lift (core func $guest "grow-memory")))
  (func (export "grow-table") (result u32) (canon lift (core func $guest "grow-table")))
  (func (export "compute") (result u32) (canon lift (core func $guest "compute"))))
