"""What all services have in common: how their components are placed."""

from .workload import Component


class Service:
    """A service with the plugin behind it. The others here have its calls, too, each for an account by its number.

    - `build(programs, plugin, folder)` returns {name: path} of `composed`, and of `service` and `plugin`, which a host
      links.
    - `count_drafts(client, account)`, `upload_cover(client, account, picture)` and
      `add_draft(client, account, title, cover)` return an `Answer` with a number, a media-id and a media-id.
    """

    def __init__(self, api_base, accounts):
        self.api_base = api_base
        self.environment = self.settings(accounts)

    def settings(self, accounts):
        """Returns the environment of the service for this many accounts."""
        return {}

    def composed(self, images, allowed):
        return [Component(images["composed"], allowed, self.environment)]

    def linked(self, images, allowed, service_allowed=()):
        """The service sends nothing itself, so it needs no host; the plugin has no settings."""
        service = Component(images["service"], list(service_allowed), self.environment)
        return [service, Component(images["plugin"], allowed)]
