import {listAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastWriteOf} from '../../../diagnosis/changed-by.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changesAt, changeEvidence as templateEvidence} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectOf} from '../subject.ts';
import type {Access} from './denied.ts';
import {accountOf, deedsOf} from './workload-deeds.ts';

const field = 'automountServiceAccountToken';

/** A token that the pods mount by a volume of their own. */
const isProjected = (podSpec: KubeObject['spec']) =>
	listAt(podSpec, 'volumes').some(volume =>
		listAt(volume, 'projected', 'sources').some(source => valueAt(source, 'serviceAccountToken') !== undefined),
	);

/** Rights that a binding names this account for; what all accounts have says nothing of it. */
function ownRights(workload: KubeObject, {grants}: Access) {
	const [name, namespace] = [accountOf(workload), workload.metadata.namespace];
	const own = grants.filter(({holder}) => holder.kind === 'ServiceAccount' && holder.name === name && holder.namespace === namespace);
	return name === 'default' ? [] : own.filter(({rules = []}) => rules.length > 0);
}

const dayMs = 24 * 60 * 60_000;

/** When somebody wrote it into the account after that was made. */
function writtenLater(account: KubeObject): number | undefined {
	const made = Date.parse(account.metadata.creationTimestamp ?? '') || 0;
	const atMs = lastWriteOf(account, [field])?.atMs ?? 0;
	return atMs > made + 1000 ? atMs : undefined;
}

/** Whether no other workload could use the rights of its account. */
const isAlone = (workload: KubeObject, survey: Survey) =>
	survey.workloads(workload.metadata.namespace).filter(each => accountOf(each) === accountOf(workload)).length === 1;

/** Where it is said that the pods of a workload get no token: in its template, or of all pods of its account. */
function whereOff(workload: KubeObject, survey: Survey): KubeObject | undefined {
	const podSpec = podSpecOf(workload);
	if (isProjected(podSpec)) return undefined;
	const own = valueAt(podSpec, field);
	if (own !== undefined) return own === false ? workload : undefined;
	const account = survey.find('ServiceAccount', workload.metadata.namespace, accountOf(workload));
	return valueAt(account, field) === false ? account : undefined;
}

/** Whether the token was taken within a day. */
function isTakenLately(holder: KubeObject, {survey, workload, fresh}: Subject): boolean {
	if (holder === workload) return fresh([...podSpecPlace(workload), field]).length > 0;
	const atMs = writtenLater(holder);
	return atMs !== undefined && survey.nowMs - atMs < dayMs;
}

/** Whether pods have long been ready without a token: that shows that they ask nothing of the API, and need no rights. */
export function doesWithoutToken(workload: KubeObject, survey: Survey): boolean {
	const holder = whereOff(workload, survey);
	if (holder === undefined) return false;
	const subject = subjectOf(workload, survey);
	return subject?.isWell === true && subject.pods.some(isReady) && !isTakenLately(holder, subject);
}

/** Its pods are given no token, so the server does not know them at all, though their commands or the rights of their account say that they ask it. */
export function tokenCauses(workload: KubeObject, access: Access, survey: Survey): readonly Cause[] {
	const holder = whereOff(workload, survey);
	if (holder === undefined) return [];
	const place = [...podSpecPlace(workload), field];
	const {told, usual, election} = deedsOf(workload);
	const rights = ownRights(workload, access);
	const asks = usual.length + election.length > 0;
	const subject = told.length + rights.length === 0 ? undefined : subjectOf(workload, survey);
	if (subject === undefined) return [];
	const {given, change} = subject;
	const isOwn = holder === workload;
	const changed = isOwn ? changesAt(change(), place) : [];
	const isTaken = isOwn ? changed.length > 0 && isAlone(workload, survey) : writtenLater(holder) !== undefined;
	if (told.length === 0 && !asks && !isTaken) return [];
	// To keep the token from what does not need it is a usual hardening.
	const sure = told.length > 0 || (asks && isTakenLately(holder, subject));
	const name = refText(refOf(workload));
	const why =
		told.length > 0
			? {en: `${name} runs kubectl`, ko: `${name}이(가) kubectl을 쓰는데`}
			: {en: `The account of ${name} has rights of its own`, ko: `${name}의 계정에 따로 준 권한이 있는데`};
	const back = backRemedy(given(), change(), changed, sure);
	return [
		{
			id: 'token-not-mounted',
			resource: refOf(holder),
			path: isOwn ? fieldPath(workload, place) : field,
			hurts: [refOf(workload)],
			cause: {
				en: `${why.en}, and ${refText(refOf(holder))} keeps the token of its account from it`,
				ko: `${why.ko} ${refText(refOf(holder))}가 계정 토큰을 넣지 않습니다`,
			},
			evidence: [
				{source: refText(refOf(holder)), detail: `${field} false`},
				...rights.slice(0, 3).map(({binding, role}) => ({source: refText(binding), detail: `gives it ${refText(role)}`})),
				...(changed.length > 0 ? templateEvidence(given(), change(), changed) : changeEvidence(holder)),
			],
			remedies:
				back.length > 0
					? back
					: [
							exchange(workload, [{path: place, from: isOwn ? false : undefined, to: true}], {
								side: 'workload',
								sure,
								text: {en: `Give the pods of ${name} their token`, ko: `${name}의 파드에 토큰을 넣습니다`},
							}),
						],
		},
	];
}
