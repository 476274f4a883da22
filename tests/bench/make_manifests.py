#!/usr/bin/env python3
"""make_manifests.py FOLDER COUNT: COUNT Kubernetes objects, four a file, as teams write them; the same each time."""

import pathlib
import sys

TEMPLATE = """\
# Owned by team {team}.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  namespace: {space}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/part-of: shop
spec:
  replicas: {replicas}
  selector:
    matchLabels:
      app: {name}
  template:
    metadata:
      labels:
        app: {name}
        tier: backend
    spec:
      containers:
        - name: {name}
          image: registry.example.com/shop/{name}:1.{number}
          ports:
            - containerPort: 8080
          env:
            - name: SPRING_PROFILES_ACTIVE
              value: production
            - name: DB_PASSWORD
              {password}
          resources:
            requests: {{cpu: 250m, memory: 512Mi}}
            limits: {{memory: 1Gi}}
          readinessProbe:
            httpGet: {{path: /actuator/health, port: 8080}}
            periodSeconds: 10
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {name}
  namespace: {space}
spec:
  minAvailable: 2
  selector:
    matchLabels:
      app: {name}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {name}
  namespace: {space}
  annotations:
    nginx.ingress.kubernetes.io/auth-tls-secret: shop/ca
spec:
  tls:
    - hosts: [{name}.example.com]
      secretName: {name}-tls
  rules:
    - host: {name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {name}
                port: {{number: 8080}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {name}
  namespace: {space}
data:
  LOG_LEVEL: info
  application.properties: |
    spring.application.name={name}
    management.endpoints.web.exposure.include=health,prometheus
    spring.datasource.url=jdbc:mysql://db-{team}/{name}
"""


def main(folder, count):
    path = pathlib.Path(folder)
    path.mkdir(parents=True)
    for number in range(count // 4):
        fault = number % 50 == 0
        password = "value: hunter2" if fault else "valueFrom: {secretKeyRef: {name: db, key: password}}"
        text = TEMPLATE.format(name=f"service-{number}", space=f"space-{number % 20}", team=number % 7, number=number,
                               replicas=1 if number % 40 == 0 else 3, password=password)
        (path / f"service-{number}.yaml").write_text(text)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
