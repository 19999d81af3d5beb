"""File: links, owners and groups."""

from __future__ import annotations

import os
from typing import Any

from pyex.stdlib.elixir.file.base import OK, attempt, demand, module, path_of
from pyex.terms.atoms import atom
from pyex.terms.errors import elixir_error, function_clause


@module.function
def ln_s(existing: Any, new: Any) -> Any:
    """Make a symbolic link.

    iex> File.ln_s("a", "/no/such/folder/x")
    {:error, :enoent}
    """
    return attempt(lambda: os.symlink(path_of(existing), path_of(new)))


@module.function("ln_s!")
def ln_s_bang(existing: Any, new: Any) -> Any:
    """Make a symbolic link; raises File.LinkError.

    File.ln_s!("a.txt", "b.txt")

        iex> path = Path.join(System.tmp_dir!(), "symbolic")
        iex> File.rm(path)
        iex> File.ln_s!("elsewhere", path)
        :ok
    """
    return _linked(ln_s(existing, new), "create symlink", existing, new)


@module.function
def ln(existing: Any, new: Any) -> Any:
    """Make a hard link.

    iex> File.ln("/no/such/file", "/tmp/x")
    {:error, :enoent}
    """
    return attempt(lambda: os.link(path_of(existing), path_of(new)))


@module.function("ln!")
def ln_bang(existing: Any, new: Any) -> Any:
    """Make a hard link; raises File.LinkError.

    File.ln!("a.txt", "b.txt")

        iex> folder = System.tmp_dir!()
        iex> File.write!(Path.join(folder, "first.txt"), "x")
        iex> File.rm(Path.join(folder, "second.txt"))
        iex> File.ln!(Path.join(folder, "first.txt"), Path.join(folder, "second.txt"))
        :ok
    """
    return _linked(ln(existing, new), "create hard link", existing, new)


def _linked(answer: Any, action: str, existing: Any, new: Any) -> Any:
    if answer is OK:
        return OK
    existing, new = path_of(existing), path_of(new)
    raise elixir_error("File.LinkError", reason=answer[1], existing=existing, new=new, action=action)


def _changing_owner(name: str, path: Any, user: Any, group: Any) -> Any:
    if type(user) is not int or type(group) is not int:
        raise function_clause(atom("file"), name, (path, user if group == -1 else group))
    return attempt(lambda: os.chown(path_of(path), user, group))


@module.function
def chown(path: Any, uid: Any) -> Any:
    """Change a file's owner.

    iex> File.chown("/no/such/file", 0)
    {:error, :enoent}
    """
    return _changing_owner("change_owner", path, uid, -1)


@module.function("chown!")
def chown_bang(path: Any, uid: Any) -> Any:
    """Change a file's owner; raises File.Error.

    File.chown!("a.txt", 1000)

        iex> path = Path.join(System.tmp_dir!(), "owned.txt")
        iex> File.write!(path, "")
        iex> File.chown!(path, File.stat!(path).uid)
        :ok
    """
    return demand(chown(path, uid), "change owner for", path)


@module.function
def chgrp(path: Any, gid: Any) -> Any:
    """Change a file's group.

    iex> File.chgrp("/no/such/file", 0)
    {:error, :enoent}
    """
    return _changing_owner("change_group", path, -1, gid)


@module.function("chgrp!")
def chgrp_bang(path: Any, gid: Any) -> Any:
    """Change a file's group; raises File.Error.

    File.chgrp!("a.txt", 1000)

        iex> path = Path.join(System.tmp_dir!(), "owned.txt")
        iex> File.write!(path, "")
        iex> File.chgrp!(path, File.stat!(path).gid)
        :ok
    """
    return demand(chgrp(path, gid), "change group for", path)
