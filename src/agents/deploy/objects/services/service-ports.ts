import type {DeclaredPort} from '../../../../analysis/coherence/workload-set.ts';
import {MkcoaError} from '../../../../core/error.ts';

/** One port of a Service: what clients call, and which port of the pods answers. */
export type ServicePort = {readonly name: string; readonly port: number; readonly target: number | string};

/** `[NAME=]PORT[:TARGET]` */
export const portPattern = /^(?:([a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?)=)?(\d{1,5})(?::([a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?))?$/;

const refusal = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

/**
 * The ports of a Service: those that a person wrote, or those that the containers declare.
 * @param declared ports of the containers
 * @throws `no-port`, `bad-port`, `no-such-target`
 */
export function servicePorts(asked: readonly string[], declared: readonly DeclaredPort[], workload: string): readonly ServicePort[] {
	if (asked.length === 0 && declared.length === 0)
		throw refusal(
			'no-port',
			`Nobody says at which port ${workload} answers`,
			'its containers declare none',
			'Say it with --port PORT, or PORT:TARGET where the pods answer at another one',
		);
	const ports = asked.length === 0 ? declared.map(ofDeclared) : asked.map(text => ofText(text, declared, workload));
	const names = ports.map(({name}) => name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice === undefined) return ports;
	throw refusal(
		'bad-port',
		`Two ports are called ${twice}`,
		'ports of a Service have names of their own',
		'Name them: --port NAME=PORT[:TARGET]',
	);
}

const usual = new Map([
	[80, 'http'],
	[443, 'https'],
]);

/** A name goes on to the right port when the pods' own number changes. */
const ofDeclared = ({name, number}: DeclaredPort): ServicePort => ({
	name: name === '' ? (usual.get(number) ?? `port-${number}`) : name,
	port: number,
	target: name === '' ? number : name,
});

function ofText(text: string, declared: readonly DeclaredPort[], workload: string): ServicePort {
	const [, name, , digits = '', written] = portPattern.exec(text) ?? [];
	const port = Number(digits);
	if (port < 1 || port > 65_535)
		throw refusal(
			'bad-port',
			`${JSON.stringify(text)} is no port of a Service`,
			'ports go from 1 to 65535',
			'Write [NAME=]PORT[:TARGET], such as 80:8080',
		);
	const target = targetOf(written, port, declared);
	if (typeof target === 'string' && !declared.some(each => each.name === target))
		throw refusal(
			'no-such-target',
			`No container of ${workload} has a port named ${target}`,
			`theirs are ${declared.map(each => (each.name === '' ? String(each.number) : `${each.name} (${each.number})`)).join(', ') || 'not declared'}`,
			'Use one of these, or a number',
		);
	return {name: name ?? usual.get(port) ?? (typeof target === 'string' ? target : `port-${port}`), port, target};
}

/** Without a target it is the port of that number, else the only one that there is. */
function targetOf(written: string | undefined, port: number, declared: readonly DeclaredPort[]): number | string {
	if (written !== undefined) return /^\d+$/.test(written) ? Number(written) : written;
	const same = declared.find(({number}) => number === port);
	const [only, ...others] = declared;
	const found = same ?? (others.length === 0 ? only : undefined);
	if (found === undefined) return port;
	return found.name === '' ? found.number : found.name;
}
