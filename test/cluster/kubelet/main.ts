/** The program that plays the kubelets of a control plane, started by `start.ts` with the path of a file that says where. */
import {readFileSync} from 'node:fs';
import {systemClock} from '../../../src/core/clock.ts';
import {clientOf} from '../client-of.ts';
import {apiClient} from './api-client.ts';
import {serveKubelets} from './kubelet-server.ts';
import {startKubelets} from './start-kubelets.ts';

/** `cert` and `key` are what it serves with, in PEM. */
export type KubeletConfig = {
	/** Path of a kubeconfig with the context `kubelet`. */
	readonly kubeconfig: string;
	readonly url: string;
	readonly ca: string;
	readonly token: string;
	readonly port: number;
	readonly cert: string;
	readonly key: string;
};

const config: KubeletConfig = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const onError = (error: unknown) => void process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
const {cluster} = await clientOf(config.kubeconfig, 'kubelet');
serveKubelets(await startKubelets({cluster, api: apiClient(config), clock: systemClock(), onError}), config.port, config);
