import type {Container, EnvVar, Pod} from '../pod-shapes.ts';
import type {World} from '../world.ts';
import {annotationOf} from './image-rules.ts';

/** What a program that starts finds amiss around it: it gives up with its last words, or waits until it is there. */
export type Unmet = {readonly kind: 'gives up'; readonly words: string} | {readonly kind: 'waits'};

/**
 * What the annotations `needs` and `waits-for` of a pod ask of a container's variables, where it is not so. A program reads its
 * variables once, when it starts; a container without the variable asks for nothing.
 */
export function unmetDemand(world: World, pod: Pod, container: Container): Unmet | undefined {
	const settingOf = (name: string) => variable(world, pod.metadata.namespace, container, name);
	const [needed = '', allowed = ''] = annotationOf(pod, 'needs')?.split('=') ?? [];
	const value = settingOf(needed);
	if (value !== undefined && !allowed.split('|').includes(value)) {
		return {kind: 'gives up', words: `FATAL config: ${needed}: unsupported value "${value}"`};
	}
	const service = settingOf(annotationOf(pod, 'waits-for') ?? '')?.split(/[.:]/)[0];
	return service !== undefined && world.get('Service', pod.metadata.namespace, service) === undefined ? {kind: 'waits'} : undefined;
}

/** A variable's value, of its own or of a ConfigMap; those of Secrets are not looked at. */
function variable(world: World, namespace: string | undefined, {env = [], envFrom = []}: Container, name: string): string | undefined {
	const dataOf = (map: string | undefined) => (map === undefined ? undefined : world.get('ConfigMap', namespace, map)?.data);
	const own = env.find(one => one.name === name);
	if (own !== undefined) return ownValue(own, dataOf);
	return envFrom.map(({configMapRef}) => dataOf(configMapRef?.name)?.[name]).findLast(value => value !== undefined);
}

const ownValue = ({value, valueFrom}: EnvVar, dataOf: (map: string | undefined) => Readonly<Record<string, string>> | undefined) =>
	value ?? dataOf(valueFrom?.configMapKeyRef?.name)?.[valueFrom?.configMapKeyRef?.key ?? ''];
