import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {grantsOf} from '../../../access/grants.ts';
import {accessCauses, deniedOf} from '../../../diagnosis/access-causes.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import {aggregationFaults} from './aggregation-faults.ts';
import {bindingFaults} from './binding-faults.ts';
import type {Access} from './denied.ts';
import {lostAccounts} from './lost-account.ts';
import {deniedCauses, deniedOfWorkload} from './right-faults.ts';
import {ruleFaults} from './rule-faults.ts';
import {ruleNames} from './rule-names.ts';
import {doesWithoutToken, tokenCauses} from './token-causes.ts';
import {type ToldDenial, toldDenials} from './told-denials.ts';
import {voidRules} from './void-rules.ts';
import {accountOf} from './workload-deeds.ts';

const kinds = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'] as const;

const isReadFor = (namespace: string | undefined, survey: Survey) => kinds.every(kind => survey.isRead(kind, namespace));

function deniedNow(access: Access, survey: Survey): readonly Cause[] {
	return startingWorkloads(survey).flatMap(workload => {
		const {namespace} = workload.metadata;
		if (!isReadFor(namespace, survey)) return [];
		// Without its account no pod starts at all: that is told with what it names.
		if (survey.isRead('ServiceAccount', namespace) && accountOf(workload) !== 'default') {
			if (survey.find('ServiceAccount', namespace, accountOf(workload)) === undefined) return [];
		}
		if (doesWithoutToken(workload, survey)) return [];
		const token = tokenCauses(workload, access, survey);
		return token.length > 0
			? token
			: deniedOfWorkload(workload, access)
					.filter(({namespace: place}) => isSeen(place, survey))
					.flatMap(denied => deniedCauses(denied, access, survey));
	});
}

/** Roles of a namespace that was not looked at were not read. */
const isSeen = (namespace: string | undefined, {snapshot}: Survey) =>
	snapshot.namespace === undefined || namespace === undefined || namespace === snapshot.namespace;

/** The workload that was refused, where it is one that signs in as this account. */
function refusedWorkload({holder, source}: ToldDenial, survey: Survey): KubeObject | undefined {
	const {namespace, name} = holder;
	if (source.kind === 'Event') return survey.workloads(namespace).find(workload => accountOf(workload) === name);
	const top = survey.topOf(source);
	return top.metadata.namespace === namespace && accountOf(top) === name ? top : undefined;
}

function toldOf(access: Access, survey: Survey): readonly Cause[] {
	return toldDenials(survey)
		.filter(({namespace}) => isReadFor(namespace, survey) && isSeen(namespace, survey))
		.flatMap(told => {
			const {holder, action, namespace, source} = told;
			const workload = refusedWorkload(told, survey);
			const actions = deniedOf(holder, [action], namespace, access.grants);
			const causes =
				workload === undefined
					? accessCauses({holder, action, namespace}, access.objects)
					: actions.length === 0
						? []
						: deniedCauses({workload, holder, namespace, actions}, access, survey);
			return causes.map(cause => ({
				...cause,
				evidence: [...cause.evidence, {source: refText(refOf(source)), detail: 'says that it was refused'}],
			}));
		});
}

/** Who is given a role: read when something is wrong with one. */
function usersOf(grants: Access['grants'], survey: Survey): Access['usersOf'] {
	let byRole: ReadonlyMap<string, readonly KubeObject[]> | undefined;
	return role => {
		byRole ??= usersByRole(grants, survey);
		return byRole.get(refKey(refOf(role))) ?? [];
	};
}

function usersByRole(grants: Access['grants'], survey: Survey): ReadonlyMap<string, readonly KubeObject[]> {
	const users = Map.groupBy(survey.workloads(), workload => `${workload.metadata.namespace}/${accountOf(workload)}`);
	const given = grants.flatMap(({holder, role}) =>
		(users.get(`${holder.namespace}/${holder.name}`) ?? []).map(workload => ({workload, role})),
	);
	return new Map([...Map.groupBy(given, ({role}) => refKey(role))].map(([key, list]) => [key, list.map(({workload}) => workload)]));
}

const placeOf = ({resource, path}: Cause) => `${refKey(resource)} ${path}`;

/** What workloads may not do, and what in roles and bindings gives nothing. */
export const rbacFaults: Analyzer = survey => {
	const objects = kinds.flatMap(kind => survey.all(kind));
	const grants = grantsOf(objects);
	const access: Access = {objects, grants, usersOf: usersOf(grants, survey)};
	const bindings = bindingFaults(access, survey);
	// A binding that names nobody is why its account has no rights.
	const explained = new Set(bindings.filter(({severity}) => severity !== 'low').flatMap(({hurts}) => (hurts ?? []).map(refKey)));
	const rules = [
		...ruleFaults(access, survey),
		...ruleNames(access, survey),
		...voidRules(access, survey),
		...aggregationFaults(access, survey),
	];
	// A rule that was to give it and cannot is told in place of the account that has nothing.
	const meant = new Set(rules.filter(({id}) => id === 'rule-needs-cluster').flatMap(({hurts}) => (hurts ?? []).map(refKey)));
	const isExplained = ({id, resource, hurts = []}: Cause) =>
		id !== 'token-not-mounted' &&
		hurts.some(ref => explained.has(refKey(ref)) || (resource.kind === 'ServiceAccount' && meant.has(refKey(ref))));
	// Names that allow nobody to make anything are told as what they are, whoever is refused for them.
	const byName = new Set(rules.filter(({id}) => id === 'rule-names-what-is-made').map(placeOf));
	const denied = deniedNow(access, survey).filter(cause => !isExplained(cause) && !byName.has(placeOf(cause)));
	const known = new Set(denied.map(placeOf));
	const lost = lostAccounts(access, survey).filter(cause => !known.has(placeOf(cause)));
	const rights = [...denied, ...lost, ...toldOf(access, survey).filter(cause => !byName.has(placeOf(cause)))];
	const places = new Set(rights.map(placeOf));
	return [...rights, ...bindings, ...rules.filter(cause => !places.has(placeOf(cause)))];
};
