"""The lock files name every file that is downloaded, and where it is."""

import re

import pytest

from graph.server.lock import Lock, ide_lock, jar_path, server_lock

LOCKS = [
    pytest.param(server_lock("5.26"), 216, id="5.26"),
    pytest.param(server_lock("2026"), 237, id="2026"),
    pytest.param(ide_lock(), 2, id="ide"),
]


@pytest.mark.parametrize(("lock", "count"), LOCKS)
def test_every_file_is_locked_by_sha256_and_size(lock: Lock, count: int) -> None:
    assert len(lock.files) == count
    assert all(re.fullmatch(r"[0-9a-f]{64}", file.sha256) for file in lock.files)
    assert all(file.size > 0 for file in lock.files)


@pytest.mark.parametrize(("lock", "count"), LOCKS)
def test_no_two_files_share_a_name_in_their_folder(lock: Lock, count: int) -> None:
    assert len({file.name for file in lock.files}) == count


@pytest.mark.parametrize("series", ["5.26", "2026"])
def test_the_kernel_has_the_version_that_the_lock_states(series: str) -> None:
    lock = server_lock(series)
    assert f"neo4j-kernel-{lock.table['version']}.jar" in {file.name for file in lock.files}


def test_coordinates_with_a_classifier_become_a_path() -> None:
    coordinates = {
        "groupId": "io.netty",
        "artifactId": "epoll",
        "version": "4.1",
        "classifier": "linux-x86_64",
        "packaging": "jar",
    }
    assert jar_path(coordinates) == "io/netty/epoll/4.1/epoll-4.1-linux-x86_64.jar"


def test_a_scoped_npm_package_has_its_tarball_under_its_scope() -> None:
    assert ide_lock().files[0].path == (
        "@graphql-yoga/render-graphiql/-/render-graphiql-5.24.1.tgz"
    )
