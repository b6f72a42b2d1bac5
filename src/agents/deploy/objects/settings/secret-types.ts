import {MkcoaError} from '../../../../core/error.ts';
import {isJsonObject, type Json} from '../../../../core/json.ts';
import {type Certificate, certificatesIn, isPrivateKey, keyFits} from '../../../../core/kube/certificate.ts';
import type {Consequence, Severity} from '../../../../core/plan.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import {textOf, type Values} from './read-values.ts';

/** The words of the command line, and what they are called in a manifest. */
export const secretTypes = {
	opaque: 'Opaque',
	tls: 'kubernetes.io/tls',
	dockerconfigjson: 'kubernetes.io/dockerconfigjson',
	'basic-auth': 'kubernetes.io/basic-auth',
	'ssh-auth': 'kubernetes.io/ssh-auth',
} as const;

const bad = (what: string, next: string, why?: string) =>
	new MkcoaError({kind: 'usage', code: 'bad-secret', what, next, ...(why === undefined ? {} : {why})});

const note = (id: string, severity: Severity, text: string): Consequence => ({id, severity, text});

const dayMs = 86_400_000;

/**
 * The server takes a certificate that nobody can serve with, and warns: a placeholder may stand there until the true one comes. So it is no error here
 * either, and whoever reads the plan has to know.
 */
const unusable = (id: string, what: string) => note(id, 'danger', `${what}: whoever serves with it fails`);

const unreadable = (what: string) => unusable('certificate-unreadable', `${what} cannot be read as PEM`);

/** A certificate is what it names itself; text of whoever signed it. */
const nameOf = ({names, subject}: Certificate) => plainLine(names.length > 0 ? names.join(', ') : subject, 120);

/** Whether certificate and key belong together, and how long the certificate is of use. */
function tlsNotes(values: Values, nowMs: number): readonly Consequence[] {
	const [pem, key] = ['tls.crt', 'tls.key'].map(name => Buffer.from(values.get(name) ?? new Uint8Array()).toString());
	const [certificate] = certificatesIn(pem ?? '');
	if (pem === undefined || certificate === undefined) return [unreadable('The certificate tls.crt')];
	if (key === undefined || !isPrivateKey(key)) return [unreadable('The private key tls.key')];
	if (!keyFits(pem, key)) return [unusable('certificate-of-another-key', 'The certificate tls.crt does not belong to the key tls.key')];
	const name = nameOf(certificate);
	const endMs = Date.parse(certificate.notAfter);
	const days = Math.floor((endMs - nowMs) / dayMs);
	const until = certificate.notAfter.slice(0, 10);
	if (days < 0) return [note('certificate-ended', 'danger', `The certificate of ${name} ended on ${until}: clients refuse it`)];
	if (Date.parse(certificate.notBefore) > nowMs)
		return [note('certificate-not-begun', 'danger', `The certificate of ${name} is not valid yet: clients refuse it`)];
	return [note('certificate', days < 30 ? 'warning' : 'info', `The certificate is of ${name}, and valid until ${until}`)];
}

function jsonOf(value: Uint8Array | undefined): Json {
	try {
		return JSON.parse(textOf(value ?? new Uint8Array()) ?? '') as Json;
	} catch {
		throw bad('The value of .dockerconfigjson is not JSON', 'Give the config.json that docker login writes');
	}
}

/** Whether an entry holds what a registry asks for: a token, or a user and a password, also as base64 of both. */
function canSignIn(entry: Json | undefined): boolean {
	if (!isJsonObject(entry)) return false;
	const {auth, username, password, identitytoken, registrytoken} = entry;
	if (typeof auth === 'string' && auth !== '') return Buffer.from(auth, 'base64').toString().includes(':');
	return (
		[identitytoken, registrytoken].some(token => typeof token === 'string' && token !== '') ||
		(typeof username === 'string' && typeof password === 'string')
	);
}

function registryNotes(values: Values): readonly Consequence[] {
	const config = jsonOf(values.get('.dockerconfigjson'));
	const auths = isJsonObject(config) && isJsonObject(config.auths) ? config.auths : {};
	const registries = Object.keys(auths);
	if (registries.length === 0)
		throw bad(
			'.dockerconfigjson names no registry',
			'Give a config.json with auths; one that only names a credential helper is of no use in a cluster',
		);
	const useless = registries.filter(registry => !canSignIn(auths[registry]));
	if (useless.length > 0)
		throw bad(
			`.dockerconfigjson cannot sign in to ${useless.map(registry => plainLine(registry, 100)).join(', ')}`,
			'Give auth (base64 of USER:PASSWORD), or username and password',
		);
	return [note('registries', 'info', `It signs in to ${registries.map(registry => plainLine(registry, 100)).join(', ')}`)];
}

const wantedKeys: {readonly [type: string]: readonly string[]} = {
	'kubernetes.io/tls': ['tls.crt', 'tls.key'],
	'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
	'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

/**
 * What a typed Secret must hold, and what is told of it. Values stand in no sentence.
 * @param values all that the Secret will hold
 * @throws MkcoaError `bad-secret` with what to give instead
 */
export function checkSecretType(type: string, values: Values, nowMs: number): readonly Consequence[] {
	const missing = (wantedKeys[type] ?? []).filter(key => !values.has(key));
	if (missing.length > 0)
		throw bad(`A Secret of type ${type} needs the key ${missing.join(' and ')}`, `Add it: --from-file ${missing[0]}=PATH`);
	if (type === secretTypes.tls) return tlsNotes(values, nowMs);
	if (type === secretTypes.dockerconfigjson) return registryNotes(values);
	if (type === secretTypes['basic-auth'] && !values.has('username') && !values.has('password'))
		throw bad(`A Secret of type ${type} needs a username or a password`, 'Add the key username or password');
	return [];
}
