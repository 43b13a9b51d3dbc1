from __future__ import annotations

import threading

import pyotp
import pytest

from clinic.world import CHEAP, PASSWORD, World
from kinetamine.clinic.access import Member
from kinetamine.clinic.accounts import Accounts
from kinetamine.clinic.accounts.passwords import Passwords
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.keys import KeyRing, make, ring
from kinetamine.clinic.records import Attempt, Role, SignIn, User
from kinetamine.clinic.refusals import NoSuchRecordError, NotAllowedError, NotSignedInError
from kinetamine.errors import FieldError

NAME = Role.NURSE.value


class Somebody:
    """A nurse with a telephone."""

    def __init__(self, world: World) -> None:
        self.world, self.member = world, world.members[Role.NURSE]
        address = world.accounts.set_first_credentials(self.member, PASSWORD)
        self.telephone = pyotp.parse_uri(address)

    def code(self, ahead_s: float = 0.0) -> str:
        assert isinstance(self.telephone, pyotp.TOTP)
        return self.telephone.at(int(self.world.clock.now.timestamp() + ahead_s))

    def sign_in(self, password: str = PASSWORD, name: str = NAME, code: str | None = None) -> str:
        return self.world.accounts.sign_in("north", name, password, self.code() if code is None else code).token


@pytest.fixture
def nurse(world: World) -> Somebody:
    return Somebody(world)


def _refused(nurse: Somebody, **more: str) -> None:
    with pytest.raises(NotSignedInError) as refused:
        nurse.sign_in(**more)
    assert str(refused.value) == "not signed in, or no longer; sign in again"
    assert (nurse.world.last_row().kind, nurse.world.last_row().outcome) == ("account", "refused")


def test_a_password_and_a_code_sign_in(nurse: Somebody) -> None:
    token = nurse.sign_in()
    assert nurse.world.accounts.member(token) == nurse.member
    row = nurse.world.last_row()
    assert (row.action, row.actor, row.outcome) == ("sign in", nurse.member.user_id, "done")
    assert inspect(nurse.world.database).problems == []
    with nurse.world.database.unlogged() as transaction:
        (held,) = transaction.session.query(SignIn).all()
        assert token not in {held.mac, held.user_id}


def test_whatever_is_wrong_the_answer_is_the_same(nurse: Somebody) -> None:
    _refused(nurse, password="wrong password")
    _refused(nurse, name="nobody")
    _refused(nurse, name="a\0b")
    _refused(nurse, name=Role.MONITOR.value)  # has no credentials yet
    _refused(nurse, code="000000" if nurse.code() != "000000" else "000001")
    _refused(nurse, code="\u0663" * 6)
    _refused(nurse, code="")
    with pytest.raises(NotSignedInError):
        nurse.world.accounts.sign_in("south", NAME, PASSWORD, nurse.code())


def test_a_code_is_taken_once_and_never_an_older_one(nurse: Somebody) -> None:
    early, code = nurse.code(-30), nurse.code()
    nurse.sign_in(code=code)
    _refused(nurse, code=code)
    _refused(nurse, code=early)
    nurse.world.clock.pass_by(seconds=30)
    _refused(nurse, code=code)
    nurse.sign_in()


def test_telephones_may_be_half_a_minute_off(nurse: Somebody) -> None:
    nurse.sign_in(code=nurse.code(-30))
    nurse.sign_in(code=" ".join(nurse.code(30)))
    _refused(nurse, code=nurse.code(90))


def test_one_code_sent_twice_at_once_is_taken_once(nurse: Somebody) -> None:
    code, barrier, taken = nurse.code(), threading.Barrier(4), list[str]()

    def sign_in() -> None:
        barrier.wait()
        try:
            taken.append(nurse.sign_in(code=code))
        except NotSignedInError:
            return

    threads = [threading.Thread(target=sign_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


def test_a_sign_in_ends_when_it_is_left_alone_or_too_old(nurse: Somebody) -> None:
    accounts, clock = nurse.world.accounts, nurse.world.clock
    token = nurse.sign_in()
    for _ in range(3):
        clock.pass_by(minutes=14)
        accounts.member(token)
    clock.pass_by(minutes=16)
    with pytest.raises(NotSignedInError):
        accounts.member(token)
    assert (nurse.world.last_row().record_id, nurse.world.last_row().outcome) == (nurse.member.user_id, "refused")
    token = nurse.sign_in()
    for _ in range(12 * 6):
        clock.pass_by(minutes=10)
        accounts.member(token)
    clock.pass_by(minutes=1)
    with pytest.raises(NotSignedInError):
        accounts.member(token)


@pytest.mark.parametrize("token", ["", "forged", "x" * 10_000, "\ud800"])
def test_a_forged_token_is_nobodys(nurse: Somebody, token: str) -> None:
    nurse.sign_in()
    with pytest.raises(NotSignedInError):
        nurse.world.accounts.member(token)
    assert (nurse.world.last_row().action, nurse.world.last_row().outcome) == ("come back", "refused")


def test_signing_out_ends_it(nurse: Somebody) -> None:
    token = nurse.sign_in()
    nurse.world.accounts.sign_out(token)
    with pytest.raises(NotSignedInError):
        nurse.world.accounts.member(token)
    nurse.world.accounts.sign_out("forged")


def test_who_leaves_is_out_at_once(nurse: Somebody) -> None:
    token = nurse.sign_in()
    nurse.world.records(Role.ADMIN).change(User, nurse.member.user_id, 1, "left", active=False)
    with pytest.raises(NotSignedInError):
        nurse.world.accounts.member(token)
    nurse.world.clock.pass_by(minutes=1)
    _refused(nurse)
    nurse.world.records(Role.ADMIN).change(User, nurse.member.user_id, 2, "back", active=True)
    with pytest.raises(NotSignedInError):
        nurse.world.accounts.member(token)
    nurse.world.clock.pass_by(hours=1)
    assert nurse.world.accounts.member(nurse.sign_in()) == nurse.member
    assert inspect(nurse.world.database).sound


def test_failing_again_and_again_makes_one_wait_longer_and_longer(nurse: Somebody) -> None:
    clock = nurse.world.clock
    for _ in range(5):
        _refused(nurse, password="wrong password")
    clock.pass_by(seconds=29)
    _refused(nurse)  # the right password is of no use before
    clock.pass_by(seconds=2)
    _refused(nurse, password="wrong password")
    clock.pass_by(seconds=59)
    _refused(nurse)
    clock.pass_by(seconds=2)
    nurse.sign_in()
    for _ in range(4):
        _refused(nurse, password="wrong password")
    clock.pass_by(seconds=30)
    nurse.sign_in()  # a success forgives what came before


def test_a_name_that_is_nobodys_waits_as_long(nurse: Somebody) -> None:
    until = []
    for name in (NAME, "nobody"):
        for _ in range(7):
            nurse.world.clock.pass_by(minutes=2)
            _refused(nurse, name=name, password="wrong password")
        with nurse.world.database.unlogged() as transaction:
            held = transaction.session.query(Attempt).order_by(Attempt.until.desc()).first()
            assert held is not None
            assert held.until is not None
            until.append((held.failures, held.until - nurse.world.clock.now))
    assert until[0] == until[1]
    assert until[0][0] == 7


def test_many_guesses_at_once_are_counted_one_by_one(nurse: Somebody) -> None:
    looked_at = list[str]()

    class Counting(Passwords):
        def match(self, held: str | None, password: str) -> bool:
            looked_at.extend([held] if held else [])
            return super().match(held, password)

    accounts = Accounts(nurse.world.database, Counting(CHEAP))

    def guess() -> None:
        with pytest.raises(NotSignedInError):
            accounts.sign_in("north", NAME, "wrong password", "000000")

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked_at) == 5


def test_the_same_work_is_done_for_a_name_that_is_nobodys(nurse: Somebody) -> None:
    """The work is compared and not the time, as a busy machine's clock says nothing."""
    calls = list[bool]()

    class Watched(Passwords):
        def match(self, held: str | None, password: str) -> bool:
            calls.append(held is None)
            return super().match(held, password)

    accounts = Accounts(nurse.world.database, Watched(CHEAP))
    for name in (NAME, "nobody"):
        with pytest.raises(NotSignedInError):
            accounts.sign_in("north", name, "wrong password", "000000")
    assert calls == [False, True]


def test_a_proof_is_asked_for_again(nurse: Somebody) -> None:
    accounts, clock = nurse.world.accounts, nurse.world.clock
    nurse.sign_in()
    with pytest.raises(NotSignedInError):
        accounts.prove(nurse.member, PASSWORD, nurse.code())  # the code was taken to sign in
    clock.pass_by(seconds=30)
    proof = accounts.prove(nurse.member, PASSWORD, nurse.code())
    assert proof.holds(nurse.member.user_id, clock.now, nurse.world.settings.keys.sign_in)
    clock.pass_by(seconds=30)
    with pytest.raises(NotSignedInError):
        accounts.prove(nurse.member, "wrong password", nurse.code())


def test_a_witness_proves_who_they_are_beside_somebody_of_their_clinic_and_is_not_signed_in(nurse: Somebody) -> None:
    world = nurse.world
    member, proof = world.accounts.witness(world.members[Role.PHYSICIAN], NAME, PASSWORD, nurse.code())
    assert (member, proof.user_id) == (nurse.member, nurse.member.user_id)
    assert (world.last_row().action, world.last_row().actor) == ("prove", nurse.member.user_id)
    with world.database.unlogged() as transaction:
        assert transaction.session.query(SignIn).all() == []
    world.clock.pass_by(seconds=30)
    beside = world.members[Role.PHYSICIAN]
    for who, name, password in (
        (beside, NAME, "another password"),
        (beside, "nobody", PASSWORD),
        (world.stranger, NAME, PASSWORD),
    ):
        with pytest.raises(NotSignedInError):
            world.accounts.witness(who, name, password, nurse.code())


def test_an_admin_sets_credentials_of_their_own_clinic_alone(world: World) -> None:
    admin, monitor = world.members[Role.ADMIN], world.members[Role.MONITOR]
    address = world.accounts.set_credentials(admin, monitor.user_id, PASSWORD)
    assert "north" in address
    telephone = pyotp.parse_uri(address)
    assert isinstance(telephone, pyotp.TOTP)
    code = telephone.at(int(world.clock.now.timestamp()))
    assert world.accounts.sign_in("north", "monitor", PASSWORD, code).member == monitor
    with pytest.raises(FieldError, match="not the name"):
        world.accounts.set_credentials(admin, monitor.user_id, "the monitor of north")
    with pytest.raises(NoSuchRecordError):
        world.accounts.set_credentials(admin, world.stranger.user_id, PASSWORD)
    for role in set(Role) - {Role.ADMIN}:
        with pytest.raises(NotAllowedError):
            world.accounts.set_credentials(world.members[role], monitor.user_id, PASSWORD)
    assert inspect(world.database).problems == []


def test_a_new_password_ends_every_sign_in_of_the_old(nurse: Somebody) -> None:
    accounts, clock, new = nurse.world.accounts, nurse.world.clock, "another long secret"
    token = nurse.sign_in()
    clock.pass_by(seconds=30)
    assert accounts.change_password(nurse.member, PASSWORD, nurse.code(), new) is None
    with pytest.raises(NotSignedInError):
        accounts.member(token)
    clock.pass_by(seconds=30)
    _refused(nurse)
    nurse.sign_in(new)
    assert inspect(nurse.world.database).problems == []


@pytest.mark.parametrize("password", ["short", "x" * 2000, "aaaaaaaaaaaaaaa", "the-nurse-of-north"])
def test_weak_passwords_are_refused_and_never_repeated(nurse: Somebody, password: str) -> None:
    with pytest.raises(FieldError) as refused:
        nurse.world.accounts.set_first_credentials(nurse.member, password)
    assert password not in str(refused.value)


def test_a_sign_in_outlives_a_change_of_keys(nurse: Somebody) -> None:
    token = nurse.sign_in()
    keys = nurse.world.settings.keys.sign_in
    rotated = nurse.world.reopened(sign_in=KeyRing("sign_in", (*keys.keys, *ring("sign_in", make("second")).keys)))
    assert rotated.accounts.member(token) == nurse.member
    other = nurse.world.reopened(sign_in=ring("sign_in", make("other")))
    with pytest.raises(NotSignedInError):
        other.accounts.member(token)
    rotated.database.close()
    other.database.close()


def test_what_is_typed_is_not_kept(nurse: Somebody) -> None:
    _refused(nurse, name="my password typed as a name")
    assert "my password" not in nurse.world.last_row().detail


def test_somebody_without_credentials_proves_nothing(world: World) -> None:
    monitor = world.members[Role.MONITOR]
    with pytest.raises(NotSignedInError):
        world.accounts.prove(monitor, PASSWORD, "123456")
    with pytest.raises(NotSignedInError):
        world.accounts.prove(Member("nobody", monitor.clinic_id, "nobody"), PASSWORD, "123456")
