import { z } from 'zod';
import { CHANNELS } from '../../common/channel.js';
import { field } from '../forms.js';

export const verifyForm = z.object({ one_time_password: field('code') });

export const resendForm = z.object({ channel: z.enum(CHANNELS).default('sms') });
