"""LLVM through llvmlite: text in, machine code out. Nothing else in the package knows the library."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Callable, Sequence
from functools import cache as cache_once
from pathlib import Path
from typing import Any

import llvmlite  # type: ignore[import-untyped]
import llvmlite.binding as llvm  # type: ignore[import-untyped]

from kinetamine.engine.vector import cache

_ATTRIBUTES = 'attributes #0 = { nounwind "min-legal-vector-width"="512" "prefer-vector-width"="512" }\n'
_Native = Any
"""An object of llvmlite, which has no types."""


class Machine:
    """This computer as LLVM sees it."""

    def __init__(self) -> None:
        """Ask for processor and features."""
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        self.cpu: str = llvm.get_host_cpu_name()
        self.features: str = llvm.get_host_cpu_features().flatten()
        target = llvm.Target.from_default_triple()
        self.native: _Native = target.create_target_machine(
            cpu=self.cpu, features=self.features, opt=2, codemodel="jitdefault", reloc="default", jit=True
        )

    def key(self, text: str) -> str:
        """A name for the compiled code of a text: the same only where the same machine code would come out."""
        versions = f"{llvmlite.__version__} {llvm.llvm_version_info} {self.native.triple}"
        return hashlib.sha256(f"{text}\0{versions}\0{self.cpu}\0{self.features}".encode()).hexdigest()

    def compile(self, text: str) -> bytes:
        """An object file."""
        module: _Native = llvm.parse_assembly(f'target triple = "{self.native.triple}"\n{text}{_ATTRIBUTES}')
        options: _Native = llvm.create_pipeline_tuning_options(speed_level=1)
        options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = False
        builder: _Native = llvm.create_pass_builder(self.native, options)
        builder.getModulePassManager().run(module, builder)
        return bytes(self.native.emit_object(module))


@cache_once
def _writers() -> str:
    """A mark of the code that writes modules: all of this package."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()


class Library:
    """Compiled code in memory; its functions are freed with it."""

    def __init__(self, text: str | Callable[[], str], *, made_from: str = "", stored: bool = True) -> None:
        """Compile a module, or take it from the cache.

        Args:
            text: of the module, or what writes it where it is not in the cache.
            made_from: what the text follows from, along with the code that writes it; empty: the text itself.
            stored: whether the cache may be read and written.
        """

        def written() -> str:
            return text if isinstance(text, str) else text()

        machine = Machine()
        key = machine.key(f"{_writers()} {made_from}" if made_from else written())
        code = cache.read(key) if stored else None
        self.was_cached = code is not None
        if code is None:
            code = machine.compile(written())
            if stored:
                cache.write(key, code)
        self._engine: _Native = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine.native)
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        self._engine.finalize_object()

    def function(self, name: str, result: Any, arguments: Sequence[Any]) -> Any:
        """A function as Python calls it; other threads run meanwhile."""
        address = self._engine.get_function_address(name)
        return ctypes.CFUNCTYPE(result, *arguments)(address)
