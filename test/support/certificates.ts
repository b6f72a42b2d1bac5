import {createPublicKey, generateKeyPairSync, type KeyObject, sign} from 'node:crypto';

/** A certificate and its key, PEM. */
export type Certificate = {readonly cert: string; readonly key: string};
type Issuer = {readonly name: string; readonly key: KeyObject};

/** One DER element: tag, length, content. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
	const content = Buffer.concat(contents);
	const {length} = content;
	const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const integer = (value: number) => der(0x02, Buffer.from([value]));
const utcTime = (date: Date) => der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
const commonName = (name: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
const extension = (id: string, value: Uint8Array) => sequence(oid(id), der(0x04, value));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

/** Basic constraints say "authority"; the subject alternative name is the loopback address. */
const authorityOnly = extension('551d13', sequence(der(0x01, Buffer.from([0xff]))));
const loopbackOnly = extension('551d11', sequence(der(0x87, Buffer.from([127, 0, 0, 1]))));

const pem = (label: string, bytes: Uint8Array) =>
	`-----BEGIN ${label}-----\n${(
		Buffer.from(bytes)
			.toString('base64')
			.match(/.{1,64}/g) ?? []
	).join('\n')}\n-----END ${label}-----\n`;

let serial = 0;

/**
 * Makes certificates at test time, so that no key is stored and none expires: elliptic curve P-256, X.509 version 3.
 * @param options.privateKey of a certificate that there is: authorities are signed again by others, and keep their keys
 */
export function makeCertificate(
	name: string,
	{
		issuer,
		privateKey = generateKeyPairSync('ec', {namedCurve: 'P-256'}).privateKey,
		validFrom = new Date(Date.now() - 60_000),
		validTo = new Date(Date.now() + 3_600_000),
	}: {readonly issuer?: Issuer; readonly privateKey?: KeyObject; readonly validFrom?: Date; readonly validTo?: Date} = {},
): Certificate & {readonly issuer: Issuer} {
	const own: Issuer = {name, key: privateKey};
	const signer = issuer ?? own;
	serial = (serial % 100) + 1;
	const unsigned = sequence(
		der(0xa0, integer(2)),
		integer(serial),
		ecdsaWithSha256,
		commonName(signer.name),
		sequence(utcTime(validFrom), utcTime(validTo)),
		commonName(name),
		createPublicKey(privateKey).export({type: 'spki', format: 'der'}),
		der(0xa3, sequence(issuer === undefined ? authorityOnly : loopbackOnly)),
	);
	const signature = sign('sha256', unsigned, signer.key);
	return {
		cert: pem('CERTIFICATE', sequence(unsigned, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature))),
		key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
		issuer: own,
	};
}
