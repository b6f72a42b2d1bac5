import {pathText} from '../diff/path-text.ts';
import {argoManagers, gitOpsMarks} from '../kube/gitops-marks.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import type {Consequence, FieldChange, Severity} from '../plan.ts';
import {someOf} from '../text/count.ts';
import {type ChangeQuestion, controllerOf, type Rule, say} from './question.ts';

/** Who manages an object as a whole, what they do about a change by others, and how their field managers are called. */
type Manager = {
	readonly id: string;
	readonly severity: Severity;
	readonly who: (object: KubeObject) => string | undefined;
	readonly effect: string;
	readonly fieldManagers: RegExp;
};

const named = (what: string, mark: {readonly name?: string | undefined; readonly namespace?: string | undefined} | undefined) =>
	mark === undefined ? undefined : `${what} ${mark.namespace === undefined ? '' : `${mark.namespace}/`}${mark.name}`;

function argoApplication(object: KubeObject): string | undefined {
	const {argo} = gitOpsMarks(object);
	return argo === undefined || argo.name !== undefined ? named('Argo CD application', argo) : 'Argo CD';
}

function helmRelease(object: KubeObject): string | undefined {
	const {helm} = gitOpsMarks(object);
	return helm === undefined || helm.name !== undefined ? named('Helm release', helm) : 'Helm release of an unknown name';
}

const managers: readonly Manager[] = [
	{
		id: 'managed-by-argo-cd',
		severity: 'warning',
		who: argoApplication,
		effect: 'shows this as out of sync and sets it back at its next sync',
		fieldManagers: argoManagers,
	},
	{
		id: 'managed-by-flux',
		severity: 'warning',
		who: object => named('Flux Kustomization', gitOpsMarks(object).kustomization),
		effect: 'sets this back at its next reconciliation',
		fieldManagers: /^kustomize-controller$/,
	},
	{
		id: 'managed-by-flux-helm',
		severity: 'warning',
		who: object => named('Flux HelmRelease', gitOpsMarks(object).fluxRelease),
		effect: 'sets this back at its next upgrade or drift check',
		fieldManagers: /^helm-controller$/,
	},
	{
		id: 'managed-by-helm',
		severity: 'warning',
		who: helmRelease,
		effect: 'does not know of this: its next upgrade may overwrite it',
		fieldManagers: /^helm$/i,
	},
];

/** Controllers of Kubernetes itself write status and what they were told to; the rules above speak for those that matter. */
const systemManagers = /^(?:kube-controller-manager|kube-scheduler|kubelet|kube-apiserver|.*-controller-manager|mkcoa)$/;

/** What kubectl apply calls itself; edit, patch, set, rollout and the like each have a name of their own, and no file behind them. */
const applyManagers = /^kubectl(?:-client-side-apply|-last-applied)?$/;

/** What becomes of a changed field whose owner is none of the managers above. */
function ownerWill(manager: string): string {
	if (applyManagers.test(manager)) return 'the next kubectl apply of its file sets it back';
	return manager.startsWith('kubectl') ? 'a person set it by hand' : 'it may set it back';
}

function ofFieldManagers(fields: readonly FieldChange[], told: readonly Manager[], {ref}: ChangeQuestion): readonly Consequence[] {
	const byOwner = new Map<string, string[]>();
	for (const {owner, path} of fields) {
		for (const manager of owner?.split(', ') ?? []) byOwner.set(manager, [...(byOwner.get(manager) ?? []), pathText(path)]);
	}
	return [...byOwner]
		.filter(([manager]) => !systemManagers.test(manager) && !told.some(({fieldManagers}) => fieldManagers.test(manager)))
		.map(([manager, paths]) => {
			const isKubectl = manager.startsWith('kubectl');
			return say('field-owned-by-other', isKubectl ? 'info' : 'warning', `${manager} owns ${someOf(paths, 2)}: ${ownerWill(manager)}`, ref);
		});
}

/** Who else has a say in the object: GitOps, Helm, the controller above it, and the managers of the changed fields. */
export const ownershipRule: Rule = question => {
	const {before, fields, operation, ref} = question;
	if (before === null || (operation !== 'delete' && fields.length === 0)) return [];
	const told = managers.filter(({who}) => who(before) !== undefined);
	// Flux installs Helm charts itself: then its word counts, not Helm's.
	const shown = told.filter(({id}) => id !== 'managed-by-helm' || told.length === 1);
	const owner = controllerOf(before);
	const isPodDelete = before.kind === 'Pod' && operation === 'delete';
	return [
		...shown.map(({id, severity, who, effect}) =>
			say(id, severity, `${who(before)} manages it: it ${operation === 'delete' ? 'makes it again, or misses it' : effect}`, ref),
		),
		...(owner === undefined || isPodDelete
			? []
			: [say('controlled-by', 'warning', `${owner.kind} ${owner.name} controls it and may undo this`, ref)]),
		// What is deleted keeps no fields, whoever owned them.
		...(operation === 'delete' ? [] : ofFieldManagers(fields, told, question)),
	];
};
