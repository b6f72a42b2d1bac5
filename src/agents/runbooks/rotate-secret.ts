import type {Runbook} from './runbook.ts';

export const rotateSecret: Runbook = {
	name: 'rotate-secret',
	title: 'Rotate a secret',
	description: 'Replaces a credential without an outage and without anybody seeing it, and rolls those who use it',
	when: 'where a password, key or token is due, has leaked, or its holder has left',
	steps: [
		{
			do: 'Look at the Secret with `resource_describe`: its keys, their sizes, and who uses it. Its values are shown to nobody.',
			more: 'Who reads it as variables sees a new value only after a restart; who mounts it as a file sees it within about a minute; with `subPath` not at all.',
		},
		{
			do: 'Let the person make the new credential valid at its other end beside the old one: the database, the registry, the issuer.',
			more: 'Both have to be valid until the last user has the new one. Where only one can be valid, say that there will be an outage, and how long.',
		},
		{
			do: 'Ask for `secret_manage` with the keys and `restart`. Its plan tells who is rolled.',
			more: 'A value is never an argument: nothing that you send may hold it. `random` makes one that nobody sees and `copyOf` takes a live Secret. A value from somewhere else is typed unseen by the person: `mkcoa deploy secret NAME --key KEY --restart`.',
		},
		{do: 'Follow each workload that uses it with `deployment_status` until its pods have the new value.'},
		{
			do: 'Look for refused sign-ins with `pod_logs` and `pattern`, such as unauthorized, denied or authentication failed.',
		},
		{do: 'Only then let the person end the old credential at its other end, and look at the logs once more.'},
	],
	look: [
		'Copies of the Secret in other namespaces, with the same name or owner: `resource_list` of kind secrets in all namespaces.',
		'An operator that writes it, such as External Secrets or Sealed Secrets: it puts the old value back. Rotate at its source instead.',
		'Jobs and CronJobs that use it: they are not rolled, and have the new value with their next run.',
		'`immutable`: such a Secret is replaced by one with a new name, and its users are pointed to it.',
	],
	stop: [
		'The other end does not take the new credential yet: nobody can sign in after the change.',
		'Somebody put the value into the conversation: it has leaked. Say so, do not use it, and rotate to another one.',
		'A workload does not come up with the new value: go back before the old one ends.',
	],
	back: [
		'`undo` of its journal entry sets the earlier values back and rolls the users once more, as long as the old credential is valid at its other end.',
		'After the old one has ended there is no way back: rotate forward to a value that works.',
	],
};
