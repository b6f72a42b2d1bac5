import {post} from '../servers/questions.ts';
import {definition} from './objects.ts';
import type {Room} from './room.ts';

export const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/**
 * Lamps, a kind of the room's own, served. `light` makes one.
 * @param version laid over version v1 of the definition
 */
export async function withLamps({ask, eventually, namespace}: Room, version: Parameters<typeof definition>[2] = {}) {
	const group = `${namespace}.example`;
	const made = await ask(post(definitions, definition('lamp', group, version)));
	const lamps = `/apis/${group}/v1/namespaces/${namespace}/lamps`;
	await eventually({path: lamps}, ({status}) => status === 200);
	const lamp = (name: string, spec?: object) => ({
		apiVersion: `${group}/v1`,
		kind: 'Lamp',
		metadata: {name},
		...(spec === undefined ? {} : {spec}),
	});
	const light = (name: string, spec?: object, query = '') => ask(post(`${lamps}${query}`, lamp(name, spec)));
	return {group, made, lamps, lamp, light};
}
