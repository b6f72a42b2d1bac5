import type {AreaOf, CatalogueAlert} from './area.ts';
import {series, writing} from './series.ts';

/** Parts of the control plane and the kubelets as targets of scrapes: gone from discovery, or there and silent. */
export const targets: AreaOf = settings => {
	const {by, ksm, on} = writing(settings);
	const {apiServer, scheduler, controllerManager, proxy, kubelet} = settings.selectors;
	const gone = (selector: string) => `absent(${series('up', selector)})`;
	// Where there are no nodes, as in a control plane that is hosted elsewhere, nobody misses kubelets.
	const noKubelets = `count ${by()} (${ksm('kube_node_info')}) unless ${on()} count ${by()} (${series('up', kubelet)})`;
	const parts = [
		['KubeAPI', 'The API server', apiServer, gone(apiServer)],
		['KubeScheduler', 'kube-scheduler', scheduler, gone(scheduler)],
		['KubeControllerManager', 'kube-controller-manager', controllerManager, gone(controllerManager)],
		['KubeProxy', 'kube-proxy', proxy, gone(proxy)],
		['Kubelet', 'The kubelet', kubelet, noKubelets],
	] as const;
	return {
		name: 'kubernetes-targets',
		alerts: parts.flatMap(([name, what, selector, none]): readonly CatalogueAlert[] => [
			{
				name: `${name}Down`,
				severity: 'critical',
				for: '15m',
				expr: () => none,
				summary: `${what} is no longer a target`,
				description: `Prometheus has found no target of ${what.replace('The', 'the')} for 15 minutes: nothing is known of it, and no other alert about it can fire.`,
				look: 'Whether it runs, then the ServiceMonitor or scrape job that should find it.',
			},
			{
				name: `${name}InstanceUnreachable`,
				severity: 'warning',
				for: '15m',
				expr: () => `${series('up', selector)} == 0`,
				summary: `${what} does not answer scrapes`,
				description: `{{ $labels.instance }} (job {{ $labels.job }}) has not answered Prometheus for 15 minutes.`,
				look: 'Whether the process lives, then network policies and certificates between Prometheus and it.',
			},
		]),
	};
};
