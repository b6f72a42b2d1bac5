import {expect, test} from 'vitest';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {rolloutTool, webWorld} from '../../../support/staged-world.ts';
import {toolContext} from '../../../support/tool-context.ts';

test('what the server warns of stands first in the plan of a rollout, once for the workload and its copy', async () => {
	const {cluster} = fakeCluster(webWorld());
	const warned: typeof cluster.dryRun = async (...asked) => {
		const answer = await cluster.dryRun(...asked);
		return answer.computed === 'server' ? {...answer, warnings: ['would violate PodSecurity "restricted:latest"']} : answer;
	};
	const {context} = toolContext({...cluster, dryRun: warned});
	const draft = await rolloutTool().plan({}, context as Parameters<ReturnType<typeof rolloutTool>['plan']>[1]);
	const warnings = draft.consequences.filter(({id}) => id === 'server-warning');
	expect(warnings.map(({text}) => text)).toEqual(['The server warns: would violate PodSecurity "restricted:latest"']);
	expect(draft.consequences[0]).toBe(warnings[0]);
	expect(draft.risk.level).toBe('medium');
});
