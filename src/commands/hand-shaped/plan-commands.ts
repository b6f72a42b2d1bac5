import type {CommandFamily} from './hand-shaped.ts';

const latest = 'Journal entry; the latest if left out';

/** Plans that were made, what was changed by them, and what may pass unasked. */
export const planCommands: CommandFamily = {
	groups: {
		audit: 'Verifies and exports who did what',
		grants: 'Lists, gives and ends permissions to pass unasked',
		policy: 'Tests the rules of what may be changed',
	},
	commands: [
		{
			words: ['apply'],
			action: 'apply',
			summary: 'Applies exactly the plan of a file',
			arguments: [['<plan-file>', 'File written by --plan-out']],
		},
		{
			words: ['approve'],
			action: 'approve',
			summary: 'Reviews plans that wait for a yes',
			arguments: [['[id]', 'Plan to review; all that wait, one by one, if left out']],
		},
		{words: ['undo'], action: 'undo', summary: 'Takes a change back', arguments: [['[id]', latest]]},
		{words: ['resume'], action: 'resume', summary: 'Goes on with a change that was interrupted', arguments: [['[id]', latest]]},
		{
			words: ['history'],
			action: 'history',
			summary: 'Lists what was changed, newest first',
			arguments: [['[id]', 'Entry to show with its effects']],
			flags: [['--limit <number>', 'Entries to list (default 20)']],
		},
		{words: ['audit', 'verify'], action: 'auditVerify', summary: 'Checks that no audit record was altered or lost'},
		{
			words: ['audit', 'export'],
			action: 'auditExport',
			summary: 'Prints the audit records',
			flags: [['--since <duration>', 'Leaves out older records, such as 24h']],
		},
		{words: ['grants', 'list'], action: 'grantsList', summary: 'Lists what may pass unasked'},
		{
			words: ['grants', 'add'],
			action: 'grantsAdd',
			summary: 'Lets a tool change a namespace unasked for a while',
			arguments: [['<tool>', 'Tool that may pass']],
			flags: [
				['--for <duration>', 'How long the grant lasts (default 1h)'],
				['--max-risk <level>', 'Highest risk that passes: low or medium (default low)'],
			],
		},
		{words: ['grants', 'revoke'], action: 'grantsRevoke', summary: 'Ends a grant', arguments: [['<id>', 'Grant to end']]},
		{
			words: ['policy', 'test'],
			action: 'policyTest',
			summary: 'Tells what policy would say to a plan',
			arguments: [['<plan-file>', 'File written by --plan-out']],
		},
	],
};
