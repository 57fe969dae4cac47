"""Parts of a large package without all of it, in a worker: the package's own start is left out until it is asked for.

spaCy's `__init__` imports all its components and its commands, with three libraries for the net: some 35 MiB, and more
time than a page of text takes to be read. Its matcher needs a third of that. Python runs the `__init__` of a package
before any of its modules; here modules are imported under an empty package, which is gone afterwards. Who imports the
package, or another of its modules, later has it run then, with the modules that are there. Only in a process that
`allow_parts` was called in, which is a worker of ours: programs that use avskrift as a library import packages as they
are.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import find_spec, spec_from_file_location
from types import ModuleType

from avskrift.runtime.uncollected_imports import uncollected_imports

_allowing: set[str] = set()


def allow_parts(name: str) -> None:
    """From now on `import_parts` does something for the package `name` in this process."""
    _allowing.add(name)


def import_parts(name: str, modules: Sequence[str]) -> None:
    """Imports `modules` of the package `name`, in their order, without the package's own `__init__`, where that is
    allowed. Where a module cannot do without, as in another version, the whole package is imported.

    Does nothing for a package that is imported already, or may not be imported in parts.
    """
    spec = find_spec(name) if name in _allowing and name not in sys.modules else None
    if spec is None or not isinstance(spec.loader, SourceFileLoader) or spec.submodule_search_locations is None:
        return
    sys.modules[name] = empty = ModuleType(name)
    empty.__path__ = spec.submodule_search_locations
    sys.meta_path.insert(0, _WholePackageFinder(spec))
    try:
        with uncollected_imports():
            for module in modules:
                import_module(module)
    except (ImportError, AttributeError):
        del sys.modules[name]
        import_module(name)
    except BaseException:
        del sys.modules[name]
        raise
    else:
        del sys.modules[name]


class _WholePackageFinder(MetaPathFinder):
    """Finds one package, of which some modules are there already."""

    def __init__(self, spec: ModuleSpec) -> None:
        self._name, self._origin, self._folders = spec.name, spec.origin or "", spec.submodule_search_locations

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        loader = _WholePackageLoader(fullname, self._origin)
        return spec_from_file_location(fullname, self._origin, loader=loader, submodule_search_locations=self._folders)


class _WholePackageLoader(SourceFileLoader):
    """Runs the `__init__` of a package that knows the modules which are there already: imports tell a package only of
    those that come after it."""

    def exec_module(self, module: ModuleType) -> None:
        for name, part in list(sys.modules.items()):
            package, _, own_name = name.rpartition(".")
            if package == module.__name__:
                setattr(module, own_name, part)
        super().exec_module(module)
