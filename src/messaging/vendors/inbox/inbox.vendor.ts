import { CHANNELS } from '../../../common/channel.js';
import { about } from '../vendor.js';

/** A page of this machine, which has no account. */
export const inbox = about({
  name: 'inbox',
  settings: {},
  required: [],
  isByRouteOnly: true,
  channels: CHANNELS,
});
