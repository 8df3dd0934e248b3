import { pictureId, Role } from "@parley/protocol";
import { samplePicture } from "@parley/rig";
import { createGroup, expectAccepted, makeInvite, post, removeMembers, setPicture, setRole } from "../kit/commands.ts";
import { freshSecret } from "../kit/ids.ts";
import type { Person } from "../kit/person.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";
import type { SignedIn, Standing } from "./standings.ts";

/** Everybody with an account who tries things, and a member to whom they are done. */
type Part = SignedIn | "bystander";

/** Where somebody acts, and on what. */
export interface Place {
  readonly group: string;
  readonly people: Readonly<Record<Part, Person>>;
  /** Who tries it. Somebody without a session tries what the owner would. */
  readonly self: Person;
  /** A message of theirs; for who was never a member, one of the owner. */
  readonly own: string;
  /** A message of the bystander. */
  readonly others: string;
  /** Of a link by which people can join. */
  readonly secret: Uint8Array;
  /** The id of the group's, which it had before somebody was removed. */
  readonly picture: string;
}

/** People of every standing, and their devices. */
export class Cast {
  readonly people: Readonly<Record<Part, Person>>;
  readonly devices: Readonly<Record<Part, RawDevice>>;

  private constructor(people: Cast["people"], devices: Cast["devices"]) {
    this.people = people;
    this.devices = devices;
  }

  static async of(session: Session): Promise<Cast> {
    const [stranger, former, member, admin, owner, bystander] = [
      await session.person(),
      await session.person(),
      await session.person(),
      await session.person(),
      await session.person(),
      await session.person(),
    ];
    const people = { stranger, former, member, admin, owner, bystander };
    const devices = {
      stranger: await session.online(stranger),
      former: await session.online(former),
      member: await session.online(member),
      admin: await session.online(admin),
      owner: await session.online(owner),
      bystander: await session.online(bystander),
    };
    return new Cast(people, devices);
  }

  /** A new group in which everybody is what they are called, and has said something. */
  async gather(): Promise<(standing: Standing) => Place> {
    const { people, devices } = this;
    const inside = ["former", "member", "admin", "bystander", "owner"] as const;
    const creation = createGroup(inside.map((part) => people[part].account).slice(0, -1));
    const group = creation.log;
    expectAccepted((await devices.owner.submit([creation]))[0]);
    const said = new Map<Standing | Part, string>();
    for (const part of inside) {
      const message = post(group, `said by the ${part}`);
      expectAccepted((await devices[part].submit([message]))[0]);
      said.set(part, message.id);
    }
    const secret = freshSecret();
    const picture = samplePicture();
    const settling = [
      setPicture(group, picture),
      setRole(group, people.admin.account, Role.ADMIN),
      removeMembers(group, [people.former.account]),
      makeInvite(group, secret),
    ];
    (await devices.owner.submit(settling)).forEach(expectAccepted);
    return (standing) => ({
      group,
      people,
      self: people[standing === "anonymous" ? "owner" : standing],
      own: said.get(standing) ?? said.get("owner") ?? "",
      others: said.get("bystander") ?? "",
      secret,
      picture: pictureId(picture),
    });
  }
}
