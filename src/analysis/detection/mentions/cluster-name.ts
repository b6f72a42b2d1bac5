import {nearestNames} from '../../../core/text/nearest-names.ts';
import type {Survey} from '../survey.ts';

/** A Service that a host name would stand for. */
export type ClusterName = {
	readonly service: string;
	readonly namespace: string;
	/** The name says itself that it is of a cluster (`x.shop.svc`), or that it is one pod's behind a Service. */
	readonly isFull: boolean;
	/** The single pod before the Service's name: only a headless Service gives pods names. */
	readonly pod?: string | undefined;
};

/** Steps of a name that end in the domain of a cluster. */
const clusterDomain = /\.svc(?:\.[a-z0-9.-]+)?$/;

/** Whether a namespace is known not to be there. */
export const isNoNamespace = (name: string, survey: Survey): boolean =>
	survey.isRead('Namespace') && survey.all('Namespace').length > 0 && survey.find('Namespace', undefined, name) === undefined;

/** Namespaces that are called by what they are for, and no domain of the world is: `qa` is one of Qatar. */
const stages = /^(?:stage|staging|prod|production|preprod|uat|testing|development)$/;

/** Ends of names of the world that are near to nothing. */
const domains = new Set(['com', 'net', 'org', 'dev', 'app', 'biz', 'edu', 'gov', 'int', 'xyz', 'test', 'info', 'name', 'local']);

/** A Service of the name in the own namespace, or in one that is called nearly so: with a stage behind it, without one, or spelled otherwise. */
const isMeantOf = (service: string, namespace: string, from: string, survey: Survey) =>
	survey
		.all('Service')
		.some(
			({metadata: {name, namespace: own = ''}}) => name === service && ((own === from && stages.test(namespace)) || isKin(namespace, own)),
		);

/** Of `shop.de` no namespace `de-prod` is meant: names of two letters are countries. */
const isKin = (name: string, other: string) =>
	name.length > 2 &&
	!domains.has(name) &&
	(name.startsWith(`${other}-`) || other.startsWith(`${name}-`) || nearestNames(name, [other]).length > 0);

/**
 * What a host name means inside of a cluster, asked from a namespace; undefined for names of the world outside, and for those that could be either.
 * A name of two steps is a Service and a namespace only where that namespace is there, or one of nearly its name with such a Service.
 */
export function clusterNameOf(host: string, from: string, survey: Survey): ClusterName | undefined {
	const isNamespace = (name: string | undefined) => name !== undefined && survey.find('Namespace', undefined, name) !== undefined;
	const isService = (name: string | undefined, namespace: string) =>
		name !== undefined && survey.find('Service', namespace, name) !== undefined;
	const isFull = clusterDomain.test(host);
	const steps = host.replace(clusterDomain, '').split('.');
	const [first = '', second, third, fourth] = steps;
	if (fourth !== undefined) return undefined;
	if (isFull) {
		if (third !== undefined && second !== undefined) return {service: second, namespace: third, isFull, pod: first};
		return second === undefined ? undefined : {service: first, namespace: second, isFull};
	}
	if (second === undefined) return {service: first, namespace: from, isFull};
	if (third === undefined) {
		if (isNamespace(second)) return {service: first, namespace: second, isFull};
		if (isService(second, from)) return {service: second, namespace: from, isFull, pod: first};
		return isNoNamespace(second, survey) && isMeantOf(first, second, from, survey)
			? {service: first, namespace: second, isFull}
			: undefined;
	}
	return isNamespace(third) && isService(second, third) ? {service: second, namespace: third, isFull, pod: first} : undefined;
}
