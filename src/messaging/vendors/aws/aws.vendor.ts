import { z } from 'zod';
import { about, text, type SettingsOf } from '../vendor.js';

/** A topic of Amazon SNS, in any partition; FIFO ones (`NAME.fifo`) post to nobody. */
const TOPIC = /^arn:aws(-cn|-us-gov)?:sns:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[\w-]{1,256}$/;

export const aws = about({
  name: 'aws',
  settings: {
    /** e.g. `eu-central-1`. */
    AWS_REGION: text,
    AWS_ACCESS_KEY_ID: text,
    AWS_SECRET_ACCESS_KEY: text,
    /** Goes with temporary keys. */
    AWS_SESSION_TOKEN: text,
    /** Origination identity of the texts: phone number, sender id, pool, or the ARN of one. */
    AWS_SMS_FROM: text,
    /** That of calls: a phone number or pool that can speak. Without it there are none. */
    AWS_CALL_FROM: text,
    AWS_SMS_CONFIGURATION_SET: text,
    /**
     * The topic of Amazon SNS to which the configuration set publishes its events; without it there
     * are no receipts.
     */
    AWS_SMS_TOPIC_ARN: z
      .string()
      .regex(TOPIC, 'must be arn:aws:sns:REGION:ACCOUNT:NAME, no FIFO topic')
      .optional(),
    /** Where the API lives; the region's own address unless told. */
    AWS_SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  },
  required: ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SMS_FROM'],
  problems: ({ AWS_SMS_TOPIC_ARN, AWS_SMS_CONFIGURATION_SET }) =>
    AWS_SMS_TOPIC_ARN !== undefined && AWS_SMS_CONFIGURATION_SET === undefined
      ? ['AWS_SMS_TOPIC_ARN: needs AWS_SMS_CONFIGURATION_SET, which publishes to it']
      : [],
  channels: ['sms', 'call'],
  receiptsNeed: 'AWS_SMS_TOPIC_ARN',
});

export type AwsSettings = SettingsOf<typeof aws>;
