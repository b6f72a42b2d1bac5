import {hardening, namespaceLevel, proveLevel} from '../../../analysis/policies/namespace-levels.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import {someOf} from '../../../core/text/count.ts';
import type {Made} from './made.ts';

/** The standards that `podViolations` knows. */
const newestMinor = 36;

/** The version to pin: that of the server, or the newest that is known here. */
export const pinnedVersion = (minor: number | undefined) => `v1.${Math.min(minor ?? newestMinor, newestMinor)}`;

/** Labels for each namespace: the strictest level that everything in it meets. */
export function podSecurityPolicies(namespaces: readonly KubeObject[], running: readonly KubeObject[], version: string): Made {
	const levels = namespaces.map(namespace => {
		const own = running.filter(({metadata}) => metadata.namespace === namespace.metadata.name);
		return {own, level: namespaceLevel(namespace, own, version)};
	});
	const tried = levels.map(each => ({...each, proof: proveLevel(each.level.level)}));
	const empty = levels.filter(({own}) => own.length === 0).map(({level}) => level.namespace);
	return {
		engine: `labels for Pod Security admission, which Kubernetes 1.25 and newer has on, pinned to ${version}`,
		looked: {count: namespaces.length, noun: 'namespace'},
		policies: tried.flatMap(({level, proof}) =>
			proof.wrong.length > 0
				? []
				: [
						{
							name: level.namespace,
							title: `enforces ${level.level}${level.told === level.level ? '' : `, tells of ${level.told}`}`,
							severity: 'medium' as const,
							passed: proof.passed,
							refused: proof.refused,
							blocks:
								level.told === level.level
									? []
									: level.breaking.map(({object, how}) => ({object, says: `breaks ${level.told}: ${how.join('; ')}`})),
							objects: [level.manifest],
						},
					],
		),
		withheld: tried.flatMap(({level, proof}) => (proof.wrong.length === 0 ? [] : [{name: level.namespace, why: proof.wrong.join('; ')}])),
		notes: [
			'Each level is met by all that runs there now, so nothing that runs is refused by what is enforced; those below break the next level, of which they are told',
			...(empty.length === 0
				? []
				: [`Nothing runs in ${someOf(empty)}: the level restricted would refuse what comes later and needs more`]),
		],
	};
}

/** What workloads can give up by themselves: contexts and profiles that the level restricted asks for. */
export function hardeningPatches(running: readonly KubeObject[]): Made {
	const hardened = running.flatMap(object => {
		const path = templatePath(object);
		// A pod cannot be changed; what makes it can.
		return path === undefined || path.length === 0 ? [] : [hardening(object, path)];
	});
	const changed = hardened.filter(({manifest, cured}) => manifest !== undefined && cured >= 0);
	const names = hardened.filter(({manifest}) => manifest === undefined).length;
	return {
		engine: 'fields of the workloads themselves',
		looked: {count: running.length, noun: 'running workload'},
		policies: changed.map(({object, manifest, left, cured}) => ({
			name: `${object.kind.toLowerCase()}/${object.metadata.name}`,
			title: left.length === 0 ? 'meets the level restricted then' : `still breaks restricted by ${left.join(', ')}`,
			severity: 'medium' as const,
			passed: cured,
			refused: left.length,
			blocks: left.length === 0 ? [] : [{object, says: `asks for what nobody can take from it unasked: ${left.join(', ')}`}],
			objects: manifest === undefined ? [] : [manifest],
		})),
		withheld: [],
		notes: [
			'Each one rolls its pods. A program that runs as root of its image does not start with runAsNonRoot: the rollout stops then, and the old pods go on',
			...(names === 0 ? [] : [`${names} of them have nothing to give up`]),
		],
	};
}
