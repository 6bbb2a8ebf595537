import aws4 from 'aws4';

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Goes with temporary keys. */
  sessionToken?: string;
}

export interface AwsCall {
  url: URL;
  /** e.g. `eu-central-1`. */
  region: string;
  /** e.g. `SendTextMessage`. */
  action: string;
  body: string;
  now: Date;
}

/**
 * The headers of a signed request (AWS Signature Version 4) to AWS End User Messaging SMS, AWS JSON
 * 1.0.
 */
export function signedHeaders(
  { url, region, action, body, now }: AwsCall,
  credentials: AwsCredentials,
): Record<string, string> {
  const request = aws4.sign(
    {
      method: 'POST',
      host: url.host,
      path: url.pathname,
      service: 'sms-voice',
      region,
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `PinpointSMSVoiceV2.${action}`,
        'X-Amz-Date': now.toISOString().replace(/[-:]|\.[0-9]{3}/g, ''),
      },
      body,
    },
    credentials,
  );
  return Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
}
