import type {CommandFamily} from './hand-shaped.ts';

/** Incidents, metrics and threats watched as they come, and who looks after what came. */
export const watchCommands: CommandFamily = {
	commands: [
		{
			words: ['incident', 'capture'],
			action: 'incidentCapture',
			summary: 'Writes the cluster as it is now to a file for --from',
			arguments: [['<file>', 'File to write; it must not be there yet']],
		},
		{
			words: ['incident', 'watch'],
			action: 'incidentWatch',
			summary: 'Tells incidents as they come and go, until interrupted',
			flags: [
				['--alerts [address]', 'Takes alerts of Alertmanager, PagerDuty and Opsgenie, at 127.0.0.1:8766 if no address is given'],
				['--alertmanager <url>', 'Asks this Alertmanager for its alerts'],
				['--notify <url>', 'Sends what is told to this address, too', 'repeated'],
				['--notify-as <format>', 'webhook, slack or teams; by the address if left out'],
				['--fail-on <severity>', 'Exits with 3 where something as grave came: low, medium, high or critical'],
			],
		},
		{
			words: ['monitor', 'watch'],
			action: 'monitorWatch',
			summary: 'Tells what is unusual in the metrics as it comes, until interrupted',
			arguments: [['[target]', 'Deployment, or KIND/NAME; all that serves in the namespace if left out']],
			flags: [
				['--metrics <names>', 'Some of them, separated by commas (default requests,errors,latency-p95,cpu,memory,throttled)'],
				['--history <duration>', 'How much of the past to learn from (default 14d)'],
				['--false-alarms <number>', 'False alarms a week that are bearable in all that is watched (default 7)'],
				['--step <duration>', 'Between two looks (default 5m)'],
			],
		},
		{
			words: ['security', 'watch'],
			action: 'securityWatch',
			summary: 'Tells threats in the audit log as they come, until interrupted',
			flags: [
				['--webhook [address]', 'Takes audit events of API servers that send a key, at 127.0.0.1:8767 if no address is given'],
				['--since <time>', 'Tells what came since then first, such as 1h'],
				['--least <severity>', 'Least severity to tell (default medium)'],
				['--notify <url>', 'Sends what is told to this address, too', 'repeated'],
				['--notify-as <format>', 'webhook, slack or teams; by the address if left out'],
				['--fail-on <severity>', 'Exits with 3 where something as grave came: low, medium, high or critical'],
			],
		},
		{
			words: ['incident', 'ack'],
			action: 'incidentAck',
			summary: 'Notes that you look after an incident, in the records of this machine alone',
			arguments: [['<incident>', 'Id that mkcoa incident list tells, or its beginning']],
			flags: [['--note <text>', 'What the next one should know']],
		},
		{
			words: ['incident', 'handover'],
			action: 'incidentHandover',
			summary: 'Notes who looks after an incident from now on, in the records of this machine alone',
			arguments: [
				['<incident>', 'Id that mkcoa incident list tells, or its beginning'],
				['<person>', 'Who takes it'],
			],
			flags: [['--note <text>', 'What that person should know']],
		},
	],
};
