import {systemClock} from '../../../src/core/clock.ts';
import {clientOf} from '../client-of.ts';
import {apiClient} from './api-client.ts';
import {serveKubelets} from './kubelet-server.ts';
import type {Images} from './pod-view.ts';
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
	readonly images: Images;
};

/** Plays the kubelets of a control plane, and answers for them. */
export async function play(config: KubeletConfig) {
	const onError = (error: unknown) => void process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
	const {cluster} = await clientOf(config.kubeconfig, 'kubelet');
	const needs = {cluster, api: apiClient(config), clock: systemClock(), images: config.images, onError};
	serveKubelets(await startKubelets(needs), config.port, config);
}
