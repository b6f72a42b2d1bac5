import type * as z from 'zod';
import {count, someOf} from '../../../../core/text/count.ts';
import {carryOutSetting} from './carry-out-setting.ts';
import {settingOutput, settingResolved} from './setting-schemas.ts';

/** What the tools for ConfigMaps and Secrets share: how a planned change is carried out and told. */
export const settingTool = {
	resolved: settingResolved,
	output: settingOutput,
	text: ({object, operation, set, removed, rolled}: z.output<typeof settingOutput>) =>
		[
			`${object} ${operation}${set.length === 0 ? '' : `: ${someOf(set, 8)} set`}${removed.length === 0 ? '' : `, ${someOf(removed, 8)} removed`}`,
			...rolled.map(each => `✓ ${each.object} runs with it, ${count(each.pods, 'pod')} ready`),
		].join('\n'),
	apply: carryOutSetting,
};
