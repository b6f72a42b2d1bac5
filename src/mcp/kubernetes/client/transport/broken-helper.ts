import type {Trouble} from '../../../../core/error.ts';
import type {Refusal} from './api-error.ts';
import {type About, aboutText} from './call.ts';

type Describe = (refusal: Refusal, about: About) => Omit<Trouble, 'quoted'>;

const admissionWords = /failed calling webhook "([\w.-]{1,253})"/;
const conversionWords = /conversion webhook for ([\w./-]{1,253}, Kind=\w{1,63}) failed/;
/** 10250 is the kubelet's port; a tunnel to the nodes answers that it has nobody to dial. */
const kubeletWords = /:\d+\/containerLogs\/|dial tcp [^ ]*:10250|error dialing backend/;

/**
 * A server that failed because something which it asks did not answer: told by who that is, since the API server itself is well.
 * The words are kube-apiserver's own (1.36).
 */
export function brokenHelper({status, message}: Refusal): Describe | undefined {
	if (status < 500) return undefined;
	if (admissionWords.test(message)) return webhookFailed;
	if (conversionWords.test(message)) return conversionFailed;
	return kubeletWords.test(message) ? nodeUnreachable : undefined;
}

const webhookFailed: Describe = ({message}, about) => ({
	kind: 'environment',
	code: 'webhook-failed',
	what: `The cluster could not ${aboutText(about)}`,
	why: `it has to ask the admission webhook ${admissionWords.exec(message)?.[1]} first, which did not answer as it should`,
	next: 'See whether the program behind it runs; mkcoa k8s list validatingwebhookconfigurations and mutatingwebhookconfigurations show where it is',
});

const conversionFailed: Describe = ({message}, about) => ({
	kind: 'environment',
	code: 'conversion-failed',
	what: `The cluster could not ${aboutText(about)}`,
	why: `the webhook that converts ${conversionWords.exec(message)?.[1]} did not answer as it should`,
	next: `See whether the program behind it runs; mkcoa k8s get crd ${about.resource} shows where it is`,
});

const nodeUnreachable: Describe = (_refusal, about) => ({
	kind: 'environment',
	code: 'node-unreachable',
	what: `The cluster could not ${aboutText(about)}`,
	why: "the API server has to ask the kubelet of the pod's node, and could not reach it",
	next: 'Look at the node with: mkcoa k8s list nodes',
});
