import type {Ref} from '../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../core/plan.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {GitOpsOwner} from './owners-of.ts';

const ids = {
	'argo-cd': 'managed-by-argo-cd',
	'flux-kustomization': 'managed-by-flux',
	'flux-helm-release': 'managed-by-flux-helm',
	helm: 'managed-by-helm',
} as const;

const kinds = {
	'argo-cd': 'Argo CD application',
	'flux-kustomization': 'Flux Kustomization',
	'flux-helm-release': 'Flux HelmRelease',
	helm: 'Helm release',
} as const;

const longestWord = 200;

/** `Argo CD application argocd/shop` */
export function ownerText({kind, name, namespace}: GitOpsOwner): string {
	if (name === undefined) return kind === 'argo-cd' ? 'Argo CD' : `${kinds[kind]} of an unknown name`;
	return plainLine(`${kinds[kind]} ${namespace === undefined ? '' : `${namespace}/`}${name}`, longestWord);
}

/** Where the wanted state is, for people: `https://example.com/shop.git, folder deploy, at main`. */
function sourceText({repoUrl, path, revision, chart}: GitOpsOwner['sources'][number]): string {
	const parts = [
		repoUrl,
		path === undefined ? undefined : `folder ${path}`,
		chart === undefined ? undefined : `chart ${chart}`,
		revision === undefined ? undefined : `at ${revision}`,
	];
	return plainLine(parts.filter(part => part !== undefined).join(', '), longestWord);
}

/** What an owner does about fields of its manifests that somebody else changed. */
function ownerWill(owner: GitOpsOwner): string {
	switch (owner.kind) {
		case 'argo-cd':
			return argoWill[owner.sync ?? 'unknown'];
		case 'flux-kustomization':
			if (owner.suspended === true) return 'is suspended now: it sets this back when somebody resumes it';
			return `sets this back within ${owner.interval ?? 'its interval'}`;
		case 'flux-helm-release':
			if (owner.suspended === true) return 'is suspended now: its next upgrade may set this back';
			if (owner.correctsDrift === true) return `corrects drift: it sets this back within ${owner.interval ?? 'its interval'}`;
			return 'does not look for drift: its next upgrade sets this back';
		case 'helm':
			return 'does not know of this: its next upgrade may overwrite it';
	}
}

const argoWill = {
	'self-heal': 'heals itself: it undoes this within seconds',
	automated: 'shows this as out of sync, and its next sync, at the next commit, sets it back',
	manual: 'shows this as out of sync, and sets it back when somebody syncs it',
	unknown: 'shows this as out of sync and sets it back at its next sync, within seconds where it heals itself',
} as const;

/**
 * Each owner before a change, with what it does about it. Its id is the one by which core tells the same from labels alone.
 * @param writes `status` where only the status is written, which no owner keeps in its manifests
 */
export function ownerNotes(owners: readonly GitOpsOwner[], ref: Ref, writes: 'spec' | 'status'): readonly Consequence[] {
	return owners.map(owner => {
		const sources = owner.sources.map(sourceText).filter(text => text !== '');
		const from = sources.length === 0 ? '' : ` from ${sources.join('; ')}`;
		const unread = owner.notChecked === undefined ? '' : ` (not checked: ${plainLine(owner.notChecked, longestWord)})`;
		const id = ids[owner.kind];
		if (writes === 'status')
			return {
				id,
				severity: 'info',
				text: `${ownerText(owner)} manages it${from}: this writes its status alone, which it leaves alone`,
				ref,
			};
		return {id, severity: 'warning', text: `${ownerText(owner)} manages it${from}: it ${ownerWill(owner)}${unread}`, ref};
	});
}

/** What core told of the same owners, from their marks alone, gives way to what was read of them. */
export function withOwnerNotes(consequences: readonly Consequence[], notes: readonly Consequence[]): readonly Consequence[] {
	const told = new Set(notes.map(({id}) => id));
	return [...notes, ...consequences.filter(({id}) => !told.has(id))];
}
