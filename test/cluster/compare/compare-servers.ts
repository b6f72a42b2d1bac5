import {embeddedServer} from '../../servers/embedded-server.ts';
import type {Server} from '../../servers/server.ts';
import {realServer} from '../real-server.ts';
import {changing} from './changing.ts';
import {extending} from './extending.ts';
import {kinds} from './kinds.ts';
import {living} from './living.ts';
import {product} from './product.ts';
import {reading} from './reading.ts';
import {type Recorded, record} from './record.ts';

const rows = [...reading, ...kinds, ...changing, ...product, ...living, ...extending];

async function answers(start: () => Promise<Server>, patienceMs: number): Promise<readonly Recorded[]> {
	const server = await start();
	try {
		return await record(rows, {as: server.as, patienceMs});
	} finally {
		await server.stop();
	}
}

/** Every row's answers. @param patienceMs how long a row may wait for what it waits for */
export const realAnswers = (patienceMs: number, say: (line: string) => void = () => {}) => answers(() => realServer(say), patienceMs);
export const embeddedAnswers = (patienceMs: number) => answers(embeddedServer, patienceMs);
