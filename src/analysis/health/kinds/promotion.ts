import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Finding, HealthStatus} from '../health.ts';
import type {KindRule} from '../kind-rule.ts';
import {conditionOfType} from '../read-conditions.ts';

/** What its finalizers wait for, and what is lost without them. Finalizers of GitOps Promoter, promoter.argoproj.io. */
const finalizers: {readonly [finalizer: string]: string} = {
	'scmprovider.promoter.argoproj.io/finalizer':
		'Waiting until no GitRepository in this namespace still references this provider. Risk if removed manually: GitRepository objects can reference a provider that no longer exists.',
	'clusterscmprovider.promoter.argoproj.io/finalizer':
		'Waiting until no GitRepository still references this cluster-wide SCM provider. Risk if removed manually: GitRepository objects can reference a provider that no longer exists.',
	'gitrepository.promoter.argoproj.io/finalizer':
		'Waiting until no non-deleting PullRequests still reference this repository. Risk if removed manually: repository metadata may be removed while promotions still depend on it.',
	'pullrequest.promoter.argoproj.io/finalizer':
		'Waiting for SCM closure or reconciliation of the pull request. Risk if removed manually: the real PR can stay open after the CR is gone.',
	'changetransferpolicy.promoter.argoproj.io/pullrequest-finalizer':
		'Waiting for the ChangeTransferPolicy to observe PR identity and state. Risk if removed manually: promotion status or history can be wrong or racy.',
};

/** A kind's name in sentences, and at their beginning; `asKind` where its sentences use the kind's own name in places. */
type Names = {readonly kind: string; readonly name: string; readonly inside: string; readonly asKind: boolean};

const found = (status: HealthStatus, message: string): Finding => ({status, message, from: 'condition'});

/** Deletion, generation and the Ready condition, which all kinds of the promoter have; `then` reads what is particular once it is ready. */
function readWith({name, inside, asKind, kind}: Names, then: (object: KubeObject) => Finding) {
	const label = asKind ? kind : name;
	return (object: KubeObject): Finding => {
		if (textAt(object, 'metadata', 'deletionTimestamp') !== undefined) {
			const waits = listAt(object, 'metadata', 'finalizers')
				.filter(finalizer => typeof finalizer === 'string')
				.flatMap(finalizer => (finalizers[finalizer] === undefined ? [] : `${finalizer}: ${finalizers[finalizer]}`));
			return found('Progressing', [`${label} is being deleted${waits.length > 0 ? '.' : ''}`, ...waits].join(' '));
		}
		if (!isJsonObject(object.status)) return found('Progressing', `Initializing ${inside}`);
		const ready = conditionOfType(object, 'Ready');
		if (ready === undefined) return found('Progressing', asKind ? `${kind} Ready condition is missing` : `${name} is not ready yet`);
		if ((ready.observedGeneration ?? 0) < (numberAt(object, 'metadata', 'generation') ?? 0))
			return found('Progressing', `Waiting for ${asKind ? kind : inside} spec update to be observed`);
		const {status, reason, message} = ready;
		if (status === 'True') return then(object);
		if (status === 'Unknown') return found('Progressing', `${name} readiness unknown (${reason}): ${message}`);
		const why = reason === 'ReconciliationError' || reason === '' ? '' : ` (${reason})`;
		return found('Degraded', `${name} ${asKind ? 'validation' : 'reconciliation'} failed${why}: ${message}`);
	};
}

const rule = (names: Names, then: (object: KubeObject) => Finding): KindRule => ({
	kinds: `promoter.argoproj.io/${names.kind}`,
	read: readWith(names, then),
});

const isReady = (name: string) => () => found('Healthy', `${name} is ready`);

function trackedApplications(object: KubeObject): Finding {
	const {length} = listAt(object, 'status', 'applicationsSelected');
	if (length === 0) return found('Degraded', 'Argo CD commit status has no applications configured');
	return found('Healthy', `Argo CD commit status is healthy and is tracking ${length} applications`);
}

function pullRequest(object: KubeObject): Finding {
	const [id, state] = [textAt(object, 'status', 'id'), textAt(object, 'status', 'state')];
	return found('Healthy', id === undefined || state === undefined ? 'Pull request is healthy' : `Pull request is ${state} as PR ${id}`);
}

const short = (sha: string | undefined) => (sha ?? '').slice(0, 7);
const activeSha = (environment: JsonObject) => textAt(environment, 'active', 'dry', 'sha') || undefined;
const proposedSha = (environment: JsonObject) => textAt(environment, 'proposed', 'dry', 'sha') || undefined;
/** The hydrator notes a commit that changes nothing for an environment, and proposes none. */
const hydratedSha = (environment: JsonObject) => textAt(environment, 'proposed', 'note', 'drySha') || proposedSha(environment);

/** A promotion is done when every environment has what is proposed for it. */
function promotion(object: KubeObject): Finding {
	const environments = listAt(object, 'status', 'environments').filter(isJsonObject);
	const [first] = environments;
	if (first === undefined) return found('Degraded', 'Promotion strategy has no environments configured');
	for (const environment of environments) {
		const which = proposedSha(environment) === undefined ? 'proposed' : activeSha(environment) === undefined ? 'active' : undefined;
		if (which !== undefined)
			return found('Progressing', `The ${which} commit DRY SHA is missing or empty in environment '${textAt(environment, 'branch')}'.`);
	}
	const hydrated = hydratedSha(first);
	if (environments.some(environment => hydratedSha(environment) !== hydrated))
		return found(
			'Progressing',
			'Not all environments have the same proposed commit SHA. This likely means the hydrator has not run for all environments yet.',
		);
	const behind = environments.find(environment => activeSha(environment) !== proposedSha(environment));
	const processed = `Hydrator has processed dry commit '${short(hydrated)}'.`;
	if (behind !== undefined) return found('Progressing', `${underWay(behind)} ${processed} `);
	return found('Healthy', `All environments are up-to-date on commit '${short(activeSha(first))}'. ${processed}`);
}

function underWay(environment: JsonObject): string {
	const statuses = listAt(environment, 'proposed', 'commitStatuses').filter(isJsonObject);
	const keys = (phase: string) => statuses.filter(status => status.phase === phase).map(status => textAt(status, 'key') ?? '');
	const [pending, successful, failed] = [keys('pending'), keys('success'), keys('failure')];
	const listed = (title: string, names: readonly string[]) =>
		names.length === 0 ? [] : [`${title} commit statuses: ${names.join(', ')}.`];
	return [
		`Promotion in progress for environment '${textAt(environment, 'branch')}' from '${short(activeSha(environment))}' to '${short(proposedSha(environment))}':`,
		`${pending.length} pending, ${successful.length} successful, ${failed.length} failed.`,
		...listed('Pending', pending),
		...listed('Failed', failed),
	].join(' ');
}

/** GitOps Promoter. */
export const promotionRules: readonly KindRule[] = [
	rule({kind: 'PromotionStrategy', name: 'Promotion strategy', inside: 'promotion strategy', asKind: false}, promotion),
	rule({kind: 'PullRequest', name: 'Pull request', inside: 'pull request', asKind: false}, pullRequest),
	rule({kind: 'ArgoCDCommitStatus', name: 'Argo CD commit status', inside: 'Argo CD commit status', asKind: false}, trackedApplications),
	rule({kind: 'ScmProvider', name: 'SCM provider', inside: 'SCM provider', asKind: true}, isReady('SCM provider')),
	rule(
		{kind: 'ClusterScmProvider', name: 'Cluster SCM provider', inside: 'cluster SCM provider', asKind: true},
		isReady('Cluster SCM provider'),
	),
	rule({kind: 'GitRepository', name: 'Git repository', inside: 'Git repository', asKind: true}, isReady('Git repository')),
];
