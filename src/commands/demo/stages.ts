import type {Stage} from './story.ts';

/** On the embedded shop, whose traffic tells good versions from bad ones. */
export const shopStage: Stage = {
	namespace: 'shop',
	deployment: 'web',
	badImage: 'registry.example/shop/web:1.5.0-bad',
	goodImage: 'registry.example/shop/web:1.5.0',
	configMap: 'shop-config',
	key: 'LOG_LEVEL',
	value: 'debug',
	otherKey: 'CURRENCY',
	otherValue: 'USD',
	steps: '33,67,100',
	interval: '60s',
	readyWithin: '2m',
};

const image = 'registry.k8s.io/pause';

const manifestIn = (namespace: string) => `apiVersion: v1
kind: Namespace
metadata:
  name: ${namespace}
  labels:
    app.kubernetes.io/part-of: mkcoa-demo
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web-config
  namespace: ${namespace}
data:
  LOG_LEVEL: info
  CACHE_SECONDS: "60"
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: ${namespace}
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: ${namespace}
spec:
  replicas: 4
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: web
          image: ${image}:3.9
          envFrom:
            - configMapRef:
                name: web-config
`;

/** On any real cluster, in a namespace of its own. The bad tag does not exist there, so its pods never become ready. */
export const realStage = (namespace: string): Stage => ({
	namespace,
	deployment: 'web',
	badImage: `${image}:3.10-missing`,
	goodImage: `${image}:3.10`,
	configMap: 'web-config',
	key: 'LOG_LEVEL',
	value: 'debug',
	otherKey: 'CACHE_SECONDS',
	otherValue: '120',
	steps: '50,100',
	interval: '3s',
	readyWithin: '8s',
	manifest: manifestIn(namespace),
});
