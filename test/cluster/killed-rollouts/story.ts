import {type Given, newImage, service, web} from './given.ts';

/** One way to bring a version out, or back, told as what stands in a namespace before, and what is typed. */
export type Story = {
	readonly name: string;
	/** Made in this order in a namespace of its own, and at rest before the command begins. One of them is the workload `web`. */
	readonly given: readonly Given[];
	/** An earlier day: a command, and then merge patches of what was given, by collection. */
	readonly since?: {readonly words: readonly string[]; readonly changes: Readonly<Record<string, object>>};
	/** The command without its namespace. */
	readonly words: readonly string[];
	/** What stands in the namespace at its end: what stood there before with the new image, or what was given at first. */
	readonly ends: 'with the new image' | 'as given';
	/** Snapshots for a later rollback. Of all that mkcoa made these alone may stay. */
	readonly keeps: readonly string[];
	/** Writes that kills follow, where other stories tell of the others in the same way. All if left out. */
	readonly kills?: RegExp;
	/** Kills follow every write, those of mkcoa's own objects too, which each rollout makes, keeps and removes in the same way. */
	readonly killsAll?: boolean;
};

export const toNewImage = {ends: 'with the new image', keeps: ['mkcoa-bundle-web-1']} as const;

/** Each ends with its interval, so that it can be told with a longer one. */
export const canary = (steps: string, ...more: readonly string[]) => [
	...['deploy', 'canary', 'web', '--image', newImage, '--steps', steps],
	...more,
	...['--interval', '1s'],
];

/** The shortest one, for those who tell something else of it. */
export const byPods: Story = {...toNewImage, name: 'canary by pods', given: [web(2), service], words: canary('50,100')};
