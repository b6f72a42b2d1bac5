import {createPrivateKey, X509Certificate} from 'node:crypto';

/** What a certificate says of itself. Nothing in it is secret. */
export type Certificate = {
	readonly subject: string;
	readonly issuer: string;
	/** ISO 8601, UTC. */
	readonly notBefore: string;
	readonly notAfter: string;
	/** DNS names and addresses that it is for; its common name where it lists none. */
	readonly names: readonly string[];
	readonly isAuthority: boolean;
};

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Each certificate of a PEM text as it stands there. */
export const certificateTexts = (pem: string): readonly string[] => pem.match(block) ?? [];

const oneLine = (name: string | undefined) => (name ?? '').split('\n').join(', ');

function namesOf({subjectAltName, subject}: X509Certificate): readonly string[] {
	const listed = (subjectAltName ?? '').split(', ').flatMap(each => /^(?:DNS|IP Address):(.+)$/.exec(each)?.[1] ?? []);
	const common = /^CN=(.+)$/m.exec(subject ?? '')?.[1];
	return (listed.length > 0 || common === undefined ? listed : [common]).map(name => name.toLowerCase());
}

function certificateOf(pem: string): Certificate {
	const read = new X509Certificate(pem);
	return {
		subject: oneLine(read.subject),
		issuer: oneLine(read.issuer),
		notBefore: new Date(read.validFrom).toISOString(),
		notAfter: new Date(read.validTo).toISOString(),
		names: namesOf(read),
		isAuthority: read.ca,
	};
}

/** The certificates of a PEM text in their order, the own one first; none where it holds none, or something that is none. */
export function certificatesIn(pem: string): readonly Certificate[] {
	try {
		return certificateTexts(pem).map(certificateOf);
	} catch {
		return [];
	}
}

/** Whether one certificate, in PEM, was signed with the key of another; a root is signed by itself. False for what is none. */
export function isIssuedBy(pem: string, issuer: string): boolean {
	try {
		const [own, above] = [new X509Certificate(pem), new X509Certificate(issuer)];
		return own.checkIssued(above) && own.verify(above.publicKey);
	} catch {
		return false;
	}
}

/** Whether a text holds a private key that can be read without a passphrase. */
export function isPrivateKey(pem: string): boolean {
	try {
		return createPrivateKey(pem).type === 'private';
	} catch {
		return false;
	}
}

/** Whether a private key is that of the first certificate; false for what is no key. */
export function keyFits(pem: string, key: string): boolean {
	try {
		return new X509Certificate(certificateTexts(pem)[0] ?? '').checkPrivateKey(createPrivateKey(key));
	} catch {
		return false;
	}
}

/** Whether one of the names of a certificate is for a host: a wildcard stands for one step, and a wildcard is asked for as it is. */
export function coversHost(names: readonly string[], host: string): boolean {
	const wanted = host.toLowerCase();
	const [, ...above] = wanted.split('.');
	return names.some(name => name === wanted || (name.startsWith('*.') && name.slice(2) === above.join('.')));
}
