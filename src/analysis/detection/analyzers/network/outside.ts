import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {addressNumber, isWithin} from '../../../network/ipv4.ts';
import {policyPortFits} from '../../../network/policy-match.ts';
import {oncePerSurvey} from '../../once-per-survey.ts';
import type {Survey} from '../../survey.ts';

/** Machines outside of the cluster that a Service without a selector stands for. */
export type Outside = {readonly addresses: readonly number[]; readonly port: number; readonly protocol: string};

const otherPolicies = /(?:^|\.)(?:cilium\.io|projectcalico\.org)$/;

/** Whether there are policies of a network plugin beside those of Kubernetes: they let out by names of hosts, and nobody reads them here. */
export const hasOtherPolicies = oncePerSurvey((survey: Survey): boolean =>
	survey.all('CustomResourceDefinition').some(each => otherPolicies.test(textAt(each, 'spec', 'group') ?? '')),
);

/** Addresses of all pods, as they are written. */
const podAddresses = oncePerSurvey(
	(survey: Survey): ReadonlySet<string> => new Set(survey.all('Pod').flatMap(pod => textAt(pod, 'status', 'podIP') ?? [])),
);

/** Undefined for Services of pods, and where not every address is known. @param asked port of the Service */
export function outsideOf(service: KubeObject, asked: number | undefined, survey: Survey): Outside | undefined {
	const {name, namespace} = service.metadata;
	if (valueAt(service, 'spec', 'selector') !== undefined || textAt(service, 'spec', 'type') === 'ExternalName') return undefined;
	const slices = survey.all('EndpointSlice', namespace).filter(each => each.metadata.labels?.['kubernetes.io/service-name'] === name);
	const listed = slices.flatMap(slice => listAt(slice, 'endpoints')).flatMap(each => listAt(each, 'addresses').map(String));
	const addresses = listed.flatMap(each => addressNumber(each) ?? []);
	const ports = listAt(service, 'spec', 'ports');
	const port = ports.find(each => numberAt(each, 'port') === asked) ?? (ports.length === 1 ? ports[0] : undefined);
	const served = slices
		.flatMap(slice => listAt(slice, 'ports'))
		.find(each => (textAt(each, 'name') ?? '') === (textAt(port, 'name') ?? ''));
	const number = numberAt(served, 'port');
	if (addresses.length === 0 || addresses.length < listed.length || port === undefined || number === undefined) return undefined;
	// Pods are told by their labels, and not by their addresses.
	return listed.some(each => podAddresses(survey).has(each))
		? undefined
		: {addresses, port: number, protocol: textAt(served, 'protocol') ?? 'TCP'};
}

/** Whether a rule is for the port, to whomever. */
export function isForPort(rule: Json, {port, protocol}: Pick<Outside, 'port' | 'protocol'>): boolean {
	const listed = listAt(rule, 'ports');
	return listed.length === 0 || listed.some(each => policyPortFits(each, {name: '', number: port, protocol}));
}

/** The part of a peer that leaves an address out again, by its place in the list. */
export const exceptionAt = (peer: Json, address: number): number =>
	listAt(peer, 'ipBlock', 'except').findIndex(each => isWithin(String(each), address));

/** Whether a peer is a block that takes an address in, exceptions aside. */
export const isAround = (peer: Json, address: number): boolean => isWithin(textAt(peer, 'ipBlock', 'cidr'), address);
