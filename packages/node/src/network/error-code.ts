// Node's errors in the words of `wasi:http`.
//
// The component repeats a call that must not be made twice only if nothing was sent, and it takes the codes for it at
// their word. So they are given only for a request of which this package has not written a byte yet.

import type { ErrorCode } from "../messages.js";

/** What a socket reports before it is connected. */
const NOT_CONNECTED: Readonly<Record<string, string>> = {
    EHOSTUNREACH: "destination-IP-unroutable",
    EHOSTDOWN: "destination-IP-unroutable",
    ENETUNREACH: "destination-IP-unroutable",
    ENETDOWN: "destination-IP-unroutable",
    // A firewall of this machine.
    EACCES: "destination-IP-prohibited",
    EPERM: "destination-IP-prohibited",
    // It may be up and slow.
    ETIMEDOUT: "connection-timeout",
};

/** Node's codes of certificates that are not accepted: OpenSSL's names for X.509 errors, and its own. */
const CERTIFICATE =
    /^(ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH)/;

/** OpenSSL's failures of the handshake or of a record. `EPROTO` is Node's code for some of them. */
const TLS = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;

/** Returns Node's code for an error; of a name with several addresses that of the last one. */
export function nodeCode(error: unknown): string {
    const { code, errors } = error as { code?: unknown; errors?: unknown[] };
    if (typeof code === "string" && code !== "") return code;
    return errors === undefined || errors.length === 0 ? "" : nodeCode(errors[errors.length - 1]);
}

/** Returns Node's name for the failure of TLS in which a request ended; none if it was another failure. */
export function tlsFailure(error: unknown): string | undefined {
    const code = nodeCode(error);
    return CERTIFICATE.test(code) || TLS.test(code) ? code : undefined;
}

/** Translates an error of a request that got no reply. `isSent` is true as soon as a byte of it may have left. */
export function errorCode(error: unknown, isSent: boolean): ErrorCode {
    const code = nodeCode(error);
    if (isSent) return { tag: afterSending(code), val: undefined };
    const { syscall } = error as { syscall?: unknown };
    if (syscall === "getaddrinfo" || syscall === "queryA" || syscall === "queryAaaa") {
        return { tag: "DNS-error", val: { rcode: undefined, infoCode: undefined } };
    }
    if (CERTIFICATE.test(code)) return { tag: "TLS-certificate-error" };
    if (TLS.test(code)) return { tag: "TLS-protocol-error" };
    // No connection was made, as the server refused it or ended the handshake. Of the codes that say so this is the
    // nearest for every other reason.
    return { tag: NOT_CONNECTED[code] ?? "connection-refused" };
}

function afterSending(code: string): string {
    if (code === "HPE_HEADER_OVERFLOW") return "HTTP-response-header-section-size";
    if (code.startsWith("HPE_")) return "HTTP-protocol-error";
    if (TLS.test(code)) return "TLS-protocol-error";
    return "connection-terminated";
}
