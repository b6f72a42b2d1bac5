import type {Trouble} from '../../../../core/error.ts';
import type {Refusal} from './api-error.ts';
import {type About, aboutText} from './call.ts';

/** Who of the cluster's gatekeepers refused an object. The words are kube-apiserver's own (1.36); a name holds no other characters. */
type Gatekeeper = {readonly words: RegExp; readonly tell: (name: string, about: About) => {readonly why: string; readonly next?: string}};

const gatekeepers: readonly Gatekeeper[] = [
	{
		words: /admission webhook "([\w.-]{1,253})" denied the request/,
		tell: name => ({why: `the admission webhook ${name} refused it`}),
	},
	{
		words: /ValidatingAdmissionPolicy '([\w.-]{1,253})' .*denied request/,
		tell: name => ({why: `the ValidatingAdmissionPolicy ${name} refused it`}),
	},
	{
		words: /(?:exceeded|failed) quota: ([\w.-]{1,253})/,
		tell: (name, {namespace}) => ({
			why: `the ResourceQuota ${name} refused it`,
			next: `Make room or ask for more; what is used shows mkcoa k8s get resourcequota ${name}${namespace === undefined ? '' : ` -n ${namespace}`}`,
		}),
	},
	{words: /violates PodSecurity "([\w.:-]{1,100})"/, tell: level => ({why: `Pod Security, level ${level}, refused it`})},
];

const fallback = {why: 'a quota, Pod Security or an admission policy refused the object'};

/** The gatekeeper that spoke; undefined where none of the known ones did. Webhooks and policies choose the status of their refusal themselves. */
export const gatekeeperOf = ({message}: Refusal): Gatekeeper | undefined => gatekeepers.find(({words}) => words.test(message));

/** A refusal for what the object is, whoever sends it. */
export function deniedByPolicy(refusal: Refusal, about: About): Omit<Trouble, 'quoted'> {
	const gatekeeper = gatekeeperOf(refusal);
	const name = gatekeeper?.words.exec(refusal.message)?.[1] ?? '';
	return {
		kind: 'environment',
		code: 'denied-by-policy',
		what: `The cluster's rules do not allow to ${aboutText(about)}`,
		next: 'Change the object so that the rule, quoted here, is kept',
		...(gatekeeper?.tell(name, about) ?? fallback),
	};
}

/** A namespace on its way out takes nothing new. */
export const isEnding = ({status, message}: Refusal) => status === 403 && message.includes('because it is being terminated');

export const namespaceEnding = (_refusal: Refusal, {namespace = ''}: About): Omit<Trouble, 'quoted'> => ({
	kind: 'environment',
	code: 'namespace-ending',
	what: `Namespace ${namespace} is being deleted and takes nothing new`,
	next: `See what it waits for with: mkcoa k8s describe namespace ${namespace}`,
});
