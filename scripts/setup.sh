# Brings up what the other scripts need; sourced by them, run by nobody.
# Everything lands inside the checkout, in folders that git ignores: .venv, .tools, server/pages/vendor.

set -euo pipefail
called_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root="$PWD"

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 1
}

# A Python 3.13 or 3.12 that is there: on PATH, or one of pyenv's that is not switched on. Empty where there is none.
find_python() {
  local version candidate
  for version in 3.13 3.12; do
    for candidate in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python python3; do
      if "$candidate" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
        "$candidate" -c 'import sys; print(sys.executable)'
        return
      fi
    done
  done
}

# uv: the one on PATH, or the pinned one, installed by whatever Python with pip is there.
find_uv() {
  if command -v uv; then return; fi
  if ! [ -x .tools/uv/bin/uv ]; then install_uv; fi
  printf '%s\n' "$PWD/.tools/uv/bin/uv"
}

install_uv() {
  local candidate
  mkdir -p .tools
  awk '/^[^ ]/ { ours = /^uv==/ } ours' requirements-dev.lock >.tools/uv.lock
  for candidate in python3 python3.13 python3.12 python "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python /usr/bin/python3; do
    "$candidate" -m pip --version >/dev/null 2>&1 || continue
    say "Installing uv into .tools ..."
    if PIP_ROOT_USER_ACTION=ignore "$candidate" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
      --target .tools/uv -r .tools/uv.lock >&2; then return; fi
  done
  fail "No uv, and no Python with a working pip to install it with: install either of them, then run this again."
}

# The environment from a hash-checked lock file, and the project itself in it. Fast when nothing has changed.
make_environment() { # requirements.lock, or requirements-dev.lock (which holds everything of the first)
  local lock="$1" stamp sum uv python
  sum="$(cat "$lock" pyproject.toml .python-version | cksum)"
  stamp=".venv/.$lock.stamp"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && .venv/bin/python -c '' 2>/dev/null; then return; fi
  uv="$(find_uv)"
  export UV_PYTHON_INSTALL_DIR="${UV_PYTHON_INSTALL_DIR:-$PWD/.tools/python}"
  if ! .venv/bin/python -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    python="$(find_python)"
    say "Making .venv with ${python:-a Python 3.13 that uv brings} ..."
    "$uv" venv --quiet --clear --python "${python:-3.13}" .venv ||
      fail "No Python 3.13 or 3.12 was found here, and uv could not bring one: install one, then run this again."
  fi
  say "Installing what $lock lists ..."
  "$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
  "$uv" pip install --quiet --python .venv/bin/python --no-deps --build-constraints requirements-dev.lock --editable .
  printf '%s\n' "$sum" >"$stamp"
}

# The browser code of /graphql; without it the service shows a small page of its own.
bring_pages() { .venv/bin/python scripts/bring_pages.py || true; }
