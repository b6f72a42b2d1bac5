import {ourManager} from '../../../../core/diff/managed-fields.ts';
import type {Trouble} from '../../../../core/error.ts';
import {ApiError, plainText, type Refusal, type StatusCause} from './api-error.ts';
import {brokenHelper} from './broken-helper.ts';
import {type About, aboutText, resourceText} from './call.ts';
import {deniedByPolicy, gatekeeperOf, isEnding, namespaceEnding} from './denial.ts';
import {invalidObject, isInvalid} from './invalid-object.ts';

const quoted = ({message}: Refusal) => (message === '' ? {} : {quoted: plainText(message)});

/** The authorizer's own words; every other 403 comes from admission: quotas, Pod Security, policies. */
const isAuthorization = ({reason, message}: Refusal) =>
	reason !== 'Forbidden' ||
	/\bcannot [\w*]+ (resource|path)\b|attempting to grant|is not allowed to/.test(message) ||
	!/ is forbidden: \S/.test(message);

/** Who asks, for the refusals that depend on it. */
export type Asker = {
	/** The name of the kubeconfig's user, or whom it impersonates. */
	readonly who: string;
	/** Why the cluster may have refused the last proof, and what helps. */
	readonly whenRefused: () => {readonly why: string; readonly next: string};
};

/** A refusal as an error with a stable code. */
export function refusedCall(refusal: Refusal, about: About, asker: Asker): ApiError {
	const describe = special(refusal) ?? byStatus[refusal.status] ?? (refusal.status >= 500 ? serverError : unsupported);
	return new ApiError(refusal, {...describe(refusal, about, asker), ...quoted(refusal)});
}

type Describe = (refusal: Refusal, about: About, asker: Asker) => Omit<Trouble, 'quoted'>;

/** Cases that the status code alone does not tell. */
function special(refusal: Refusal): Describe | undefined {
	const {status, reason, message, causes} = refusal;
	if (status === 409 && causes.some(({reason: why}) => why === 'FieldManagerConflict')) return fieldConflict;
	if (status === 409 && reason === 'AlreadyExists') return alreadyExists;
	if (status === 429 && causes.some(({reason: why}) => why === 'DisruptionBudget')) return disruptionBudget;
	if (status === 404 && /^namespaces "[^"]*" not found/.test(message)) return noNamespace;
	if (status === 400 && message.startsWith('Client sent an HTTP request to an HTTPS server')) return needsTls;
	if (isEnding(refusal)) return namespaceEnding;
	if (gatekeeperOf(refusal) !== undefined || (status === 403 && !isAuthorization(refusal))) return deniedByPolicy;
	return isInvalid(refusal) ? invalidObject : brokenHelper(refusal);
}

const fieldConflict: Describe = ({causes}, about) => ({
	kind: 'environment',
	code: 'field-conflict',
	what: `Fields of ${about.resource} ${JSON.stringify(about.name)} belong to others`,
	why: otherOwners(causes)
		.map(({field, manager}) => `${field} to ${manager}`)
		.join(', '),
	next: 'Leave these fields out, or change them where their owner takes them from',
});

/** Fields and the managers that own them, as the causes of a conflict tell. */
const fieldOwners = (causes: readonly StatusCause[]) =>
	causes
		.filter(({reason}) => reason === 'FieldManagerConflict')
		.map(({field, message}) => ({
			field: plainText(field, 200),
			manager: /^conflict with "([^"]{1,200})"/.exec(message)?.[1] ?? 'another manager',
		}));

/** The owners that stop an apply. Fields of mkcoa's own earlier patches never do on their own. */
export const otherOwners = (causes: readonly StatusCause[]) => fieldOwners(causes).filter(({manager}) => manager !== ourManager);

/** The words are those of Go's server, which answers in plain text. */
const needsTls: Describe = (_refusal, about) => ({
	kind: 'environment',
	code: 'unreachable',
	what: `The cluster could not be asked to ${aboutText(about)}`,
	why: 'it speaks TLS, and the kubeconfig says http://',
	next: 'Write https:// at the start of the server of your kubeconfig',
});

const alreadyExists: Describe = (_refusal, about) => ({
	kind: 'usage',
	code: 'already-exists',
	what: `${about.resource} ${JSON.stringify(about.name)} exists already`,
	next: 'Choose another name, or apply the change to the one that exists',
});

const noNamespace: Describe = (_refusal, {namespace}) => ({
	kind: 'usage',
	code: 'not-found',
	what: `There is no namespace ${JSON.stringify(namespace)}`,
	next: 'Check the namespace and the context, or create the namespace first',
});

const disruptionBudget: Describe = (_refusal, about) => ({
	kind: 'environment',
	code: 'disruption-budget',
	what: `Pod ${about.namespace}/${about.name} may not be evicted now`,
	why: 'its PodDisruptionBudget allows no further disruption',
	next: 'Wait until more of its pods are ready, or look at the budget with mkcoa k8s list pdb',
});

const serverError: Describe = ({status}, about) => ({
	kind: 'environment',
	code: 'server-error',
	what: `The cluster failed to ${aboutText(about)}`,
	why: `it answered ${status}`,
	next: 'Try again; if it stays, look at the health of the API server',
});

const unsupported: Describe = ({status}, about) => ({
	kind: 'environment',
	code: 'unsupported',
	what: `The cluster cannot ${aboutText(about)}`,
	why: `it answered ${status}`,
	next: 'Look up what this version of Kubernetes serves with mkcoa k8s api-resources',
});

const byStatus: {readonly [status: number]: Describe | undefined} = {
	400: (_refusal, about) => ({
		kind: 'usage',
		code: 'invalid',
		what: `The server does not understand the request to ${aboutText(about)}`,
		next: 'Correct what the server names and run the command again',
	}),
	401: (_refusal, _about, {who, whenRefused}) => ({
		kind: 'auth',
		code: 'signed-out',
		what: `The cluster did not accept the sign-in of ${who}`,
		...whenRefused(),
	}),
	403: (_refusal, about, {who}) => ({
		kind: 'auth',
		code: 'not-allowed',
		what: `${who} may not ${aboutText(about)}`,
		why: 'the cluster grants no such right',
		next: `Ask for a role that allows ${about.verb} on ${resourceText(about)}; mkcoa k8s permissions shows what you may do`,
	}),
	404: (_refusal, about) => ({
		kind: 'usage',
		code: 'not-found',
		what: `There is no ${about.resource}${about.name === undefined ? '' : ` ${JSON.stringify(about.name)}`}${about.namespace === undefined ? '' : ` in namespace ${about.namespace}`}`,
		next: 'Check the name, the namespace and the context',
	}),
	409: (_refusal, about) => ({
		kind: 'environment',
		code: 'conflict',
		what: `${about.resource} ${JSON.stringify(about.name)} was changed by someone else meanwhile`,
		next: 'Run the command again to see the new plan',
	}),
	410: (_refusal, about) => ({
		kind: 'environment',
		code: 'expired',
		what: `The list is too old to go on (${aboutText(about)})`,
		next: 'Start the list again without a cursor',
	}),
	429: (_refusal, about) => ({
		kind: 'environment',
		code: 'too-many-requests',
		what: `The cluster has too many requests to ${aboutText(about)}`,
		next: 'Wait a moment and run the command again',
	}),
};
