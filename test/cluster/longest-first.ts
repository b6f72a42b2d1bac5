import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** Files that take more than forty seconds, the longest first. */
const longest = [
	'killed-rollouts/killed-rollouts',
	'killed-rollouts/',
	'kubectl.test',
	'deploy-tools',
	'argo-commands',
	'compare.test',
	'canary-prometheus',
	'chat-in-tmux',
	'contract.test',
	'stuck-rollout',
	'drift',
	'outage',
	'traffic/traffic',
	'pods-lives',
];

const rank = ({moduleId}: TestSpecification) => {
	const at = longest.findIndex(name => moduleId.includes(`/test/cluster/${name}`));
	return at < 0 ? longest.length : at;
};

/** Begins with the files that take long, so that none of them runs alone at the end; the rest follows as the runner remembers it. */
export class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]) {
		return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
	}
}
