import type {RuleSeverity} from '../rule.ts';

/**
 * What differs between clusters. A selector is the inside of the braces, such as `job="kubelet"`.
 */
export type CatalogueSettings = {
	/** The label that tells clusters apart where several send to one server. */
	readonly clusterLabel: string;
	/** Whether sums over a whole cluster are made for each cluster. Without it they carry no label. */
	readonly isMultiCluster: boolean;
	readonly selectors: {
		readonly kubeStateMetrics: string;
		readonly cadvisor: string;
		readonly kubelet: string;
		readonly nodeExporter: string;
		readonly apiServer: string;
		readonly scheduler: string;
		readonly controllerManager: string;
		readonly proxy: string;
		/** Labels of claims that nobody wants to be told about. */
		readonly claimsLeftOut: string;
	};
	/** The page on which each alert has an anchor. */
	readonly runbooks: string;
	/**
	 * Changes of single alerts, by name, or by `name:severity` where a name has two severities.
	 */
	readonly alerts: {readonly [alert: string]: AlertChange};
};

/** `isOff` leaves an alert out. */
export type AlertChange = {readonly for?: string; readonly severity?: RuleSeverity; readonly threshold?: number; readonly isOff?: boolean};

/**
 * The names that kube-prometheus and the chart kube-prometheus-stack give to their scrape jobs, which are those of kubernetes-mixin's configuration.
 */
export const usualSettings: CatalogueSettings = {
	clusterLabel: 'cluster',
	isMultiCluster: false,
	selectors: {
		kubeStateMetrics: 'job="kube-state-metrics"',
		cadvisor: 'job="cadvisor"',
		kubelet: 'job="kubelet"',
		nodeExporter: 'job="node-exporter"',
		apiServer: 'job="kube-apiserver"',
		scheduler: 'job="kube-scheduler"',
		controllerManager: 'job="kube-controller-manager"',
		proxy: 'job="kube-proxy"',
		claimsLeftOut: 'label_excluded_from_alerts="true"',
	},
	runbooks: 'docs/alert-rules.md',
	alerts: {},
};
