// A Vendure shop in memory, filled with a few products, for tests/servers/vendure.py.
// Started with the folder that holds node_modules, a port and an empty folder for its files.
"use strict";
const path = require("path");
const { createRequire } = require("module");
const [, , packages, port, place] = process.argv;
const load = createRequire(path.join(packages, "package.json"));
const core = load("@vendure/core");
const testing = load("@vendure/testing");
const fs = require("fs");

const products = [
    "name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory," +
        "stockOnHand,trackInventory,variantAssets,variantFacets",
    "Áo dài lụa,ao-dai,Silk,,,,,AO-1,49.90,standard,100,false,,",
    "红茶 Tea,tea,Black,,,,,TEA-2,0.10,standard,100,false,,",
].join("\n");
const csv = path.join(place, "products.csv");
fs.writeFileSync(csv, products);

testing.registerInitializer("sqljs", new testing.SqljsInitializer(path.join(place, "data")));
const config = core.mergeConfig(testing.testConfig, {
    apiOptions: { port: Number(port), hostname: "127.0.0.1" },
    authOptions: { tokenMethod: "bearer", requireVerification: false },
    logger: new core.DefaultLogger({ level: core.LogLevel.Error }),
    paymentOptions: { paymentMethodHandlers: [core.dummyPaymentHandler] },
});
const country = (code, name) => ({ name, code, zone: "Everywhere" });
const initialData = {
    defaultLanguage: "en",
    defaultZone: "Everywhere",
    countries: [country("VN", "Việt Nam"), country("DE", "Germany")],
    taxRates: [{ name: "Standard Tax", percentage: 10 }],
    shippingMethods: [{ name: "Standard", price: 500 }],
    paymentMethods: [
        {
            name: "Dummy",
            handler: {
                code: "dummy-payment-handler",
                arguments: [{ name: "automaticSettle", value: "true" }],
            },
        },
    ],
    collections: [],
};
const { server } = testing.createTestEnvironment(config);
server
    .init({ initialData, productsCsvPath: csv, customerCount: 0 })
    .then(() => process.stdout.write("ready\n"))
    .catch((fault) => {
        process.stderr.write(`${fault && fault.stack}\n`);
        process.exit(1);
    });
