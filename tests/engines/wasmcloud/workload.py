"""A workload as hosts take it: components, what each may reach, and the name under which it answers HTTP."""

from dataclasses import dataclass, field

# The largest reply has 24 MiB and takes 2.07 times as much (docs/performance.md); an upload takes less.
MEMORY_MB = 128


@dataclass
class Component:
    """A component of a workload. A host denies every request that `allowed` does not name."""

    image: str
    allowed: list = field(default_factory=list)
    environment: dict = field(default_factory=dict)


@dataclass
class Workload:
    """Components that one host runs together. It links their imports and exports itself."""

    name: str
    components: list
    # Instances that are kept for further calls; 0 makes a fresh one for each.
    pool: int = 0

    @property
    def host_name(self):
        """The name in the `Host` header by which the host finds the workload."""
        return f"{self.name}.local"

    def request(self):
        """Returns the body of the request that starts it."""
        http = {
            "namespace": "wasi",
            "package": "http",
            "version": "0.2.2",
            "interfaces": ["incoming-handler"],
            "config": {"host": self.host_name},
        }
        components = [self._component(number, component) for number, component in enumerate(self.components)]
        world = {"components": components, "hostInterfaces": [http]}
        return {
            "workloadId": self.name,
            "workload": {"namespace": "default", "name": self.name, "witWorld": world},
        }

    def _component(self, number, component):
        return {
            "name": f"{self.name}-{number}",
            "image": component.image,
            "poolSize": self.pool,
            "localResources": {
                "memoryLimitMb": MEMORY_MB,
                "environment": component.environment,
                "allowedHosts": component.allowed,
            },
        }
