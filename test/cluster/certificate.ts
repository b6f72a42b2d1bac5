import {generateKeyPairSync, randomBytes, sign} from 'node:crypto';

export type Certificate = {readonly cert: string; readonly key: string};

/** One element of DER: a tag, a length and what it holds. @see X.690 section 8.1 */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
	const body = Buffer.concat(parts);
	if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
	const length = Buffer.from(body.length.toString(16).padStart(body.length < 256 ? 2 : 4, '0'), 'hex');
	return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

const hex = (digits: string) => Buffer.from(digits, 'hex');
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const extension = (id: string, value: Buffer) => sequence(hex(id), der(0x04, value));
/** Object identifiers, encoded. */
const ids = {
	ecdsaWithSha256: '06082a8648ce3d040302',
	commonName: '0603550403',
	basicConstraints: '0603551d13',
	extendedKeyUsage: '0603551d25',
	subjectAltName: '0603551d11',
	serverAuth: '06082b06010505070301',
	clientAuth: '06082b06010505070302',
};
const dayMs = 86_400_000;
const utcTime = (ms: number) => der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/\D/g, '')}Z`));

/**
 * A certificate that signs itself, for clients and for servers on 127.0.0.1 and under some names, good for a day. Who trusts it takes it as its own authority.
 * @returns PEM texts
 * @see RFC 5280 section 4.1
 */
export function selfSigned(commonName: string, nowMs = Date.now(), names: readonly string[] = []): Certificate {
	const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const algorithm = sequence(hex(ids.ecdsaWithSha256));
	const name = sequence(der(0x31, sequence(hex(ids.commonName), der(0x0c, Buffer.from(commonName)))));
	const extensions = sequence(
		extension(ids.basicConstraints, sequence(der(0x01, hex('ff')))),
		extension(ids.extendedKeyUsage, sequence(hex(ids.serverAuth), hex(ids.clientAuth))),
		extension(ids.subjectAltName, sequence(der(0x87, Buffer.from([127, 0, 0, 1])), ...names.map(each => der(0x82, Buffer.from(each))))),
	);
	const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
	const signed = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, serial),
		algorithm,
		name,
		sequence(utcTime(nowMs - dayMs), utcTime(nowMs + dayMs)),
		name,
		publicKey.export({type: 'spki', format: 'der'}),
		der(0xa3, extensions),
	);
	const whole = sequence(signed, algorithm, der(0x03, Buffer.from([0]), sign('sha256', signed, privateKey)));
	const lines = whole.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
	};
}
