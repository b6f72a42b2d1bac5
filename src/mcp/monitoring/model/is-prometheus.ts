type Service = {
	readonly metadata: {readonly name: string; readonly labels?: {readonly [name: string]: string} | undefined};
};

/** Whether a Service bears a name under which the usual charts install the server itself, not its exporters, operator or Alertmanager. */
export const isPrometheus = ({metadata: {name, labels}}: Service) =>
	(labels?.['app.kubernetes.io/name'] === 'prometheus' ||
		/^(prometheus|prometheus-(server|operated|k8s)|.*-prometheus|.*-prometheus-server)$/.test(name)) &&
	!/(alertmanager|exporter|operator|pushgateway|adapter)/.test(name);
