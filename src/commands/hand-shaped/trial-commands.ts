import type {CommandFamily} from './hand-shaped.ts';

/** Trying mkcoa on the embedded cluster, and checking how it is set up. */
export const trialCommands: CommandFamily = {
	groups: {
		sandbox: 'Runs the embedded cluster',
	},
	commands: [
		{
			words: ['sandbox', 'start'],
			action: 'sandboxStart',
			summary: 'Runs the embedded cluster until interrupted and prints its kubeconfig',
			arguments: [['[scenario]', 'Scenario to begin with']],
		},
		{words: ['sandbox', 'scenarios'], action: 'sandboxScenarios', summary: 'Lists the scenarios of the embedded cluster'},
		{words: ['doctor'], action: 'doctor', summary: 'Checks kubeconfig, cluster, state folder and model'},
		{words: ['kitchen-sink'], action: 'kitchenSink', summary: 'Prints every component of the screens'},
		{
			words: ['demo'],
			action: 'demo',
			summary: 'Shows a change from plan to undo on the embedded cluster, or an incident from cause to cure',
			arguments: [['[story]', 'release or incident (default release)']],
			flags: [['--speed <number>', 'How much faster than real time (default 1)']],
			isHidden: true,
		},
	],
};
