import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan, Not, type EntityManager } from 'typeorm';
import { after, Clock, days } from '../../common/clock.js';
import { newReference } from '../../common/token.js';
import { KeyRing } from '../../config/keys/key-ring.js';
import { deleteInSlices } from '../../database/delete-in-slices.js';
import { insertRow } from '../../database/insert-row.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { readDevices, signDevice } from './device-token.js';
import { KnownDevice } from './known-device.entity.js';
import type { Session } from './session.entity.js';

/** As long as a cookie may live (RFC 6265bis, 5.5: 400 days), from the last log-in on. */
export const DEVICE_LIFE = days(400);
/** Of each kind and account; one more takes the place of the one not seen for longest. */
const MOST_DEVICES = 10;

/**
 * How a device stands with an account: `confirmed`, the phone was proven from it, or only `seen`.
 */
export type Standing = 'confirmed' | 'seen';

/** A device noted at a log-in, with the token its client is to hold. */
export interface NotedDevice {
  id: number;
  token: string;
  isNew: boolean;
}

/**
 * The devices an account was logged in from. What a confirmed one counts, no stranger can use up.
 */
@Injectable()
export class KnownDevicesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * The device of this account among the tokens a client sent; null without one. What is read
   * depends on the tokens alone, not on whether there is such a user (docs/rules.md 6).
   */
  async find(userId: number | null, sent: string): Promise<KnownDevice | null> {
    const references = readDevices(this.keys, sent).map(({ reference }) => reference);
    if (references.length === 0) return null;
    const asked = {
      userId: userId ?? 0,
      reference: In(references),
      expiresAt: MoreThan(this.clock.now()),
    };
    return this.unit.read((manager) => manager.findOneBy(KnownDevice, asked));
  }

  /**
   * After a complete log-in its device lives on, or is noted as new where it is none of the user's
   * any more. The caller has locked the user's row, so the bound on the number of devices is exact.
   */
  async note(
    manager: EntityManager,
    userId: number,
    known: KnownDevice | null,
    standing: Standing,
  ): Promise<NotedDevice> {
    const now = this.clock.now();
    const seen = { lastSeenAt: now, expiresAt: after(now, DEVICE_LIFE) };
    const lives =
      known && (await manager.update(KnownDevice, { id: known.id, userId }, seen)).affected === 1;
    if (lives) return { id: known.id, token: signDevice(this.keys, known), isNew: false };
    const confirmedAt = standing === 'confirmed' ? now : null;
    const fresh = { userId, reference: newReference(), confirmedAt, ...seen };
    const device = await insertRow(manager.getRepository(KnownDevice), fresh);
    await this.dropOldest(manager, userId, standing);
    return { id: device.id, token: signDevice(this.keys, device), isNew: true };
  }

  /** The device of an account that a session was opened or confirmed on. */
  async ofSession(
    manager: EntityManager,
    { userId, deviceId }: Pick<Session, 'userId' | 'deviceId'>,
  ): Promise<KnownDevice | null> {
    return deviceId === null ? null : manager.findOneBy(KnownDevice, { id: deviceId, userId });
  }

  /** Another password: of all devices this one alone stays, under another name. */
  async renew(manager: EntityManager, userId: number, standing: Standing): Promise<NotedDevice> {
    // Inserted first: two accounts that delete and then insert side by side would deadlock on
    // MySQL.
    const device = await this.note(manager, userId, null, standing);
    await manager.delete(KnownDevice, { userId, id: Not(device.id) });
    return device;
  }

  /**
   * No device of these accounts is known any more: after another password, another number, a
   * changed role, a deletion.
   */
  async forget(manager: EntityManager, userIds: number[]): Promise<void> {
    await manager.delete(KnownDevice, { userId: In(userIds) });
  }

  deleteExpired(): Promise<number> {
    return deleteInSlices(this.unit, KnownDevice, 'id', { expiresAt: LessThan(this.clock.now()) });
  }

  private async dropOldest(
    manager: EntityManager,
    userId: number,
    standing: Standing,
  ): Promise<void> {
    const kind = { userId, confirmedAt: standing === 'confirmed' ? Not(IsNull()) : IsNull() };
    const devices = await manager.find(KnownDevice, {
      where: kind,
      order: { lastSeenAt: 'DESC', id: 'DESC' },
    });
    const ids = devices.slice(MOST_DEVICES).map(({ id }) => id);
    if (ids.length > 0) await manager.delete(KnownDevice, { id: In(ids) });
  }
}
